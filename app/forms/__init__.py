"""What people type: tidied, checked by a model, and handed back with a sentence where it is wrong."""

from app.forms.checking import fill
from app.forms.filled import Filled, FormError, redraw
from app.forms.intake import Typed, TypedForm, UploadForm, form_key, tidy, typed_form
from app.forms.shapes import Lines

__all__ = [
    "Filled",
    "FormError",
    "Lines",
    "Typed",
    "TypedForm",
    "UploadForm",
    "fill",
    "form_key",
    "redraw",
    "tidy",
    "typed_form",
]
