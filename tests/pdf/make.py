"""Plans about people who do not exist; a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from conferences.plans import (
    ActionPlan,
    AgendaCase,
    AgendaPlan,
    Attendee,
    Bounds,
    ContactSign,
    Copy,
    OutstandingAction,
    PersonLine,
    PlannedAction,
    PreviousAction,
    Reason,
    RunningItem,
    SharedItem,
    UnknownTopic,
)

MEETING = date(2026, 12, 2)
COPY = Copy(
    number="D-7F3K9",
    version=2,
    recipient_name="Chidi Eze",
    recipient_agency="Ashmere Police",
    made_at=datetime(2026, 11, 27, 16, 22, tzinfo=UTC),
    check_code="H7QK-2M9R-XW41",
    destroy_on=date(2026, 12, 9),
    copies=2,
)

REPEAT = AgendaCase(
    position=3,
    reference="AS-0412",
    initials="T.M.",
    starts_at=time(10, 14),
    ends_at=time(10, 29),
    tags=("Repeat", "Children: 2"),
    victim=PersonLine("Testa Marrowby", 34, "she/her, English, contact through the IDVA only"),
    perpetrators=(PersonLine("Derrin Quillfeather", 39, "ex-partner, must not be told"),),
    children=(PersonLine("Oona", 3, "lives with her"), PersonLine("Pim", 6, "lives with her")),
    referred_by="Amara Osei, Education",
    referred_on=date(2026, 11, 23),
    their="her",
    in_her_words="“I want him to stop waiting at the gate. I want the locks done this time.”",
    words_told_to="Told to Ashmere IDVA by phone, Tue 24 Nov. Knows about the meeting and agreed.",
    why_here=(
        Reason(
            "Repeat", "Same two people. He was seen at the gate on Fri 20 Nov 2026, inside twelve months."
        ),
        Reason("Getting worse", "Four incidents known to three agencies since September."),
    ),
    bounds=Bounds(lowest=16, highest=20, threshold=14, of=24),
    unknown=(
        UnknownTopic("Whether he has weapons", "Police"),
        UnknownTopic("Thoughts of ending her life", "Noor Haddad, IDVA"),
    ),
    previous_on=date(2025, 12, 10),
    previous_actions=(
        PreviousAction("IDVA contact", "Done", "Worked: she calls them."),
        PreviousAction("Change the locks", "Not possible", "Landlord changed. Who owns it now?"),
    ),
    children_note="Pim has seen him at the gate and asks to stay in at break.",
    perpetrator_note="On foot, 15 minutes away. No order in force; bail ended 2 Oct.",
    shared=(
        SharedItem("Police", "Fact", "Four callouts since September, the last on Fri 20 Nov."),
        SharedItem("Education", "opinion", "Pim is quieter since half term."),
    ),
    nothing_known=("GP Federation", "Probation"),
    no_return=("Change Steps",),
    asks=("Housing: who can authorise the lock?", "Everyone: what stops him at the gate?"),
    note_lines=9,
)

YOUNG = AgendaCase(
    position=4,
    reference="AS-0463",
    initials="J.P.",
    starts_at=time(10, 29),
    ends_at=time(10, 43),
    tags=("Victim aged 16", "Perpetrator aged 17"),
    victim=PersonLine("Juno Pell", 16, "they/them, contact through school only"),
    perpetrators=(PersonLine("Kit Larkspur", 17, "boyfriend, also a child with safeguarding needs"),),
    children=(PersonLine("Wren", 15, "sister, shares a room"),),
    referred_by="Children’s Services",
    referred_on=date(2026, 11, 17),
    in_her_words="“If he knows I said anything he will put the pictures up.”",
    words_told_to="Told to the school nurse, Mon 16 Nov.",
    why_here=(
        Reason("Professional judgement", "Control through the phone, and fear the checklist does not count."),
    ),
    bounds=Bounds(lowest=9, highest=16, threshold=14, of=24),
    shared=(SharedItem("Children’s Services", "fact", "Decision due Thu 3 Dec."),),
    nothing_known=("Housing",),
    asks=("Who is the one adult?", "Is Wren safe?"),
)

HONOUR = AgendaCase(
    position=5,
    reference="AS-0455",
    initials="S.K.",
    tags=("Honour-based", "No consent"),
    victim=PersonLine("Samina Kestrel", 19, "she/her, English and Urdu (اردو), no community interpreter"),
    perpetrators=(
        PersonLine("Tariq Kestrel", None, "uncle"),
        PersonLine("Imran Kestrel", 44, "uncle, must not be told"),
    ),
    referred_by="GP Federation",
    referred_on=date(2026, 11, 20),
    their="her",
    why_here=(Reason("Professional judgement", "Travel booked, passport held by family."),),
)

AGENDA = AgendaPlan(
    service_name="Ashmere Partnership",
    meeting_on=MEETING,
    starts_at=time(10, 0),
    ends_at=time(11, 33),
    venue="Room 2, and by secure video",
    chair_name="Chidi Eze",
    chair_agency="Ashmere Police",
    coordinator_name="Ben Carraway",
    case_summary="Three: two new, one repeat. Two concern children.",
    quorum="Police, IDVA and Children’s Services: all confirmed",
    apologies=("Change Steps",),
    statement_version="7",
    outstanding=(
        OutstandingAction(
            "AS-0398",
            "Mental Health",
            "Reassess risk to others",
            date(2026, 11, 20),
            "Not done. Asks for 4 Dec.",
        ),
        OutstandingAction(
            "AS-0401", "Housing", "Fit window locks", date(2026, 11, 24), "Not possible. She moved on 19 Nov."
        ),
    ),
    running_order=(
        RunningItem(0, "Opening", "Apologies, statement, conflicts", time(10, 0), 6),
        RunningItem(0, "Outstanding actions", "Two, on page 1", time(10, 6), 8),
        RunningItem(3, "AS-0412 T.M.", "Repeat, Children: 2", time(10, 14), 15),
        RunningItem(4, "AS-0463 J.P.", "Victim aged 16, Perpetrator aged 17", time(10, 29), 14),
        RunningItem(5, "AS-0455 S.K.", "Honour-based, No consent", time(10, 43), 14),
    ),
    attendance=(
        Attendee("Police", "Sgt Ola Adébáyọ̀", date(2026, 12, 1)),
        Attendee("IDVA", "Noor Haddad", date(2026, 12, 1)),
        Attendee("Children’s Services", "Łucja Wójcik", date(2026, 11, 30), "items 3 and 4"),
        Attendee("Education", "Ffion Ŵyn", None, "items 3 and 4"),
        Attendee("Housing", "Dana Whitlock", date(2026, 12, 1)),
    ),
    cases=(REPEAT, YOUNG, HONOUR),
    copy=COPY,
)

LOCKS = PlannedAction(
    reference="HSG-7K2",
    what="Fit a new front-door lock and two window locks",
    due_on=date(2026, 12, 4),
    about="AS-0412, T.M.",
    why="He has waited near the home and may still hold a key.",
    owner="Dana Whitlock",
    status_words="Agreed in the meeting, Wed 2 Dec",
    evidence_required="Job number and the date fitted",
    contact_rule="Phone only, Mon to Thu, 9:30am to 2:45pm, from a withheld number. No voicemail, no letter.",
    contact_sign=ContactSign.PHONE_ONLY,
)
LETTERS = PlannedAction(
    reference="HSG-9MB",
    what="Stop automatic letters and visits to the last tenancy",
    due_on=date(2026, 12, 3),
    about="AS-0431, I.F.",
    why="A letter or visit would tell him she has gone.",
    owner="Tomasz Żak, income team",
    status_words="Agreed in the meeting, Wed 2 Dec",
    evidence_required="Screen note reference and the time the letter run was stopped",
    contact_rule="She has moved. No location is shared and you must not ask for one. Do not write or phone.",
    contact_sign=ContactSign.NO_POST,
)
OWNER = PlannedAction(
    reference="HSG-4QD",
    what="Find out who can authorise works there now",
    due_on=date(2026, 11, 26),
    about="AS-0412, T.M.",
    why="The same work failed last year because the landlord changed.",
    owner="Dana Whitlock",
    status_words="In progress since Wed 18 Nov",
    evidence_required="Name of the owner or agent, told to the coordinator",
    contact_rule="Do not contact the family about this action. Ask the land records, not the tenant.",
    contact_sign=ContactSign.NO_CONTACT,
    late_by_working_days=4,
)
PLACE = PlannedAction(
    reference="HSG-2XE",
    what="Offer an emergency place, location kept secret",
    due_on=date(2026, 12, 3),
    due_by=time(12, 0),
    about="AS-0455, S.K.",
    why="Several people cause harm and know her usual places.",
    owner="Dana Whitlock",
    status_words="Proposed. Please accept or decline.",
    evidence_required="Date the offer was made, and by which safe route",
)

HOUSING = ActionPlan(
    agency_name="Ashmere Housing",
    service_name="Ashmere Partnership",
    meeting_on=MEETING,
    reply_by=date(2026, 12, 14),
    coordinator_phone="01632 960 114",
    actions=(LOCKS, LETTERS, OWNER, PLACE),
    copy=replace(
        COPY,
        number="D-2HN8C",
        version=1,
        recipient_name="Dana Whitlock",
        recipient_agency="Ashmere Housing",
        check_code="K3WD-8TPA-0N5R",
        destroy_on=date(2027, 1, 6),
        copies=1,
    ),
)


def case(**facts: Any) -> AgendaCase:
    """An ordinary case, with what the test is about changed."""
    return replace(YOUNG, **facts)


def agenda(**facts: Any) -> AgendaPlan:
    """A chair's agenda of three cases, with what the test is about changed."""
    return replace(AGENDA, **facts)


def action(**facts: Any) -> PlannedAction:
    """One housing action, with what the test is about changed."""
    return replace(LOCKS, **facts)


def action_plan(**facts: Any) -> ActionPlan:
    """Housing's four actions, with what the test is about changed."""
    return replace(HOUSING, **facts)
