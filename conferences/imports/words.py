"""What is said of a row and of its cells, in plain words; never with the words of the cell itself."""

from typing import Final

from conferences.imports.fields import BY_KEY
from conferences.models import Verdict

VERDICTS: Final = {
    Verdict.NEW: "New",
    Verdict.MATCHES: "Matches a case on record",
    Verdict.HERE: "Already here",
    Verdict.WRONG: "To put right",
}
LEFT_OUT: Final = "Left out"
# Before the number of another row; said only until the list is taken.
PERHAPS: Final = "perhaps"
TOGETHER: Final = "together"
OF_OTHER_ROWS: Final = (PERHAPS, TOGETHER)
MONTH_FIRST: Final = "month_first"
PROBLEMS: Final = {
    "missing": "nothing is given",
    "not_a_day": "this is not a day; write it as 27/3/2026",
    "short_year": "write the year of birth with four digits",
    "day_number": "this is a spreadsheet’s own number for a day; format the column as a date",
    "in_the_future": "this day has not come yet",
    "too_long_ago": "this is before 1990",
    "before_referral": "it was heard before it was referred",
    "not_a_birth": "nobody in this list can be born then",
    "not_a_name": "there is no letter in this name",
    "more_than_a_name": "more than one name stands here; leave one, and write the rest elsewhere",
    "not_a_choice": "this word is not understood here; write one of these: %s",
    "no_such_agency": "no agency of this area is called that",
    "too_long": "this is longer than 10,000 characters",
    "sheet_error": "the spreadsheet shows an error here",
    "no_such_case": "no case in this list or in an earlier one has this reference",
    "no_such_hearing": "the case was not heard on that day, or before the action is due",
    "other_people": "another row with this reference is about other people",
    "on_record": "this case is on record as heard on that day",
    "never_heard": "there is an action, but no day it was heard",
    "changed": "the row reads differently now; check the columns again",
}
CHOICES: Final = {
    "decision": "accepted, declined",
    "action_status": "open, in progress, done, not done, not possible",
}
NOTES: Final = {
    "looks_like_formula": "A cell begins like a formula. It is taken as words.",
    "action_as_words": "The action lacks an agency, a day or a known state. It is kept in the summary.",
    "twice_in_list": "The same row stands above.",
    PERHAPS: "Perhaps the same two people as in another row, but not surely: both make cases of their own. "
    "If they are the same, write them alike and bring the list again. See row",
    MONTH_FIRST: "Another row writes the month before the day, and a day here may be meant so too.",
    TOGETHER: "Written otherwise, and surely the same two people, so both make one case. See row",
    "cp1252": "The letters were guessed. Look at names with accents before you go on.",
    "two_headings": "The headings stand in two rows. Look whether each column means what it should.",
    "no_headings": "No heading is known here, and the first row was taken for headings. If it is a case, "
    "put headings above it and bring the list again.",
    "lines_above": "There are rows above the headings. They are not taken.",
    "sheet_day": "The day of a meeting was read from the sheet’s name, a title or a line between the cases. "
    "It stands in the last column.",
    "merged": "Cells merged over several rows count for each of those rows.",
    "hidden_sheets": "The workbook has hidden sheets. They are not read; show those that list cases.",
    "hidden": "Some rows or columns are hidden in the workbook. They are read like the others.",
    "comments": "There are comments beside cells. They are not read; write what matters into a column.",
    "pictures": "There are pictures or shapes on a sheet. What they say is not read.",
    "formulas": "The sheet holds formulas. What they last showed is taken; nothing is worked out anew.",
}


def of_problem(told: str) -> str:
    """Says what must be put right, with the name of the column: `Day heard: this is not a day…`."""
    key, _, code = told.partition(":")
    label = BY_KEY[key].label if key in BY_KEY else "Row"
    words = PROBLEMS[code]
    if "%s" in words:
        words %= CHOICES.get(key, "yes, no")
    return f"{label}: {words}"


def of_note(code: str) -> str:
    """Says what the reader did with what was unclear; a doubt names the row it is about."""
    key, _, row = code.partition(":")
    return f"{NOTES[key]} {row}." if row else NOTES[key]
