"""What is typed on the pages of a case."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from app.forms import Lines

Words = Annotated[Lines, Field(max_length=4000)]


class Looking(BaseModel):
    """Why somebody needs the address."""

    messages: ClassVar = {("reason", "missing"): "Say why you need the address"}
    reason: Annotated[Words, Field(title="the reason")]
