"""What a Word form says where forms say it: boxes, lists, headers, comments; not what was taken out again."""

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from conferences.imports import documents, forms
from conferences.imports.form_read import FormRead

NAME = "Victim name: Testa Marrowby"
HARM = "Perpetrator name: Derrin Quillfeather"


def understood(change: Callable[[Any], object]) -> FormRead:
    made, written = docx.Document(), io.BytesIO()
    made.add_paragraph(NAME)
    change(made)
    made.save(written)
    return forms.understand(documents.read(written.getvalue()), ["1", "2"])


def line(xml: str) -> Callable[[Any], object]:
    """Puts a paragraph of raw parts at the top."""
    spaces = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return lambda made: made.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')} {spaces}>{xml}</w:p>"))


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def box(words: str) -> str:
    inner = f"<w:txbxContent><w:p>{run(words)}</w:p></w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


LIST = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{}<w:listEntry w:val="Male"/>'
    '<w:listEntry w:val="Female"/></w:ddList></w:ffData></w:fldChar></w:r>'
)


@pytest.mark.parametrize(
    "xml",
    [
        run("Perpetrator name: ")
        + f'<w:del w:id="1" w:author="a"><w:r><w:delText>Old</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="a">{run("Derrin Quillfeather")}</w:ins>',
        box(HARM),
        f"<w:sdt><w:sdtContent>{run(HARM)}</w:sdtContent></w:sdt>",
    ],
)
def test_words_are_read_once_wherever_they_stand(xml: str) -> None:
    assert understood(line(xml)).values["perpetrator_name"] == "Derrin Quillfeather"


@pytest.mark.parametrize(
    "xml",
    [
        f'<w:moveFrom w:id="1" w:author="a">{run(HARM)}</w:moveFrom>',
        run("Perpetrator name: ")
        + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        + f"<w:sdtContent>{run('Anybody')}</w:sdtContent></w:sdt>",
    ],
)
def test_what_was_moved_away_or_only_prompts_is_nobodys_name(xml: str) -> None:
    read = understood(line(xml))
    assert "perpetrator_name" not in read.values
    assert read.left == []


def test_a_prompt_beside_a_label_is_no_name() -> None:
    def change(made: Any) -> None:
        table = made.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Perpetrator name", "Click or tap here to enter text."

    assert "perpetrator_name" not in understood(change).values


def test_a_tick_set_as_a_symbol_is_a_tick() -> None:
    tick, none = ('<w:r><w:sym w:font="Wingdings" w:char="' + code + '"/></w:r>' for code in ("F0FE", "F0A8"))
    assert understood(line(run("Interpreter needed: Yes ") + tick + run(" No ") + none)).form == {
        "interpreter": "yes"
    }
    assert understood(line(run("Interpreter needed: Yes ") + none + run(" No ") + tick)).form == {
        "interpreter": "no"
    }


def test_a_choice_from_an_old_list_counts_once_somebody_chose() -> None:
    chosen, untouched = LIST.format('<w:result w:val="1"/>'), LIST.format("")
    assert understood(line(run("Victim gender: ") + chosen)).values["victim_gender"] == "Female"
    assert "victim_gender" not in understood(line(run("Victim gender: ") + untouched)).values


def test_a_hyphen_that_holds_a_name_together_stays() -> None:
    xml = run("Perpetrator name: Derrin Quill") + "<w:r><w:noBreakHyphen/></w:r>" + run("Feather")
    assert understood(line(xml)).values["perpetrator_name"] == "Derrin Quill-Feather"


def test_a_table_inside_a_table_is_read_once_under_what_stands_beside_it() -> None:
    def change(made: Any) -> None:
        table = made.add_table(1, 2)
        table.cell(0, 0).text = "Perpetrator"
        inner = table.cell(0, 1).add_table(2, 2)
        for at, said in enumerate((("Name", "Derrin Quillfeather"), ("DOB", "03/02/1987"))):
            inner.cell(at, 0).text, inner.cell(at, 1).text = said

    read = understood(change)
    assert read.values["perpetrator_name"] == "Derrin Quillfeather"
    assert read.values["perpetrator_born"] == "1987-02-03"
    assert read.left == []


def test_the_head_of_the_page_is_read_and_a_comment_is_left_to_a_person() -> None:
    def change(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = HARM
        made.add_comment(made.paragraphs[0].runs, text="Do not ring the landline")

    read = understood(change)
    assert read.values["perpetrator_name"] == "Derrin Quillfeather"
    assert read.left == [("Beside the text", "Do not ring the landline")]
