"""One case from the first question to the last promise, step by step, each by the person whose step it is."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.journeys.people import Someone

NO, DONT_KNOW, DECLINED = "No", "Don’t know", "Declined"
NOT_YES = {"7": NO, "9": NO, "13": DONT_KNOW, "16": DECLINED, "17": NO, "19": NO, "22": DONT_KNOW, "23": NO}
STREET = "8 Unreal Terrace"
POSTCODE = "ZZ99 9ZZ"


@dataclass
class Story:
    """Whom it is about, and when the case is heard."""

    victim: str
    perpetrator: str
    meeting_on: date
    reference: str = ""

    @property
    def due_on(self) -> date:
        """When the actions are due."""
        return self.meeting_on + timedelta(days=2)


def answer_questions(amara: Someone, *, unfinished: bool = False) -> None:
    """Answers every question, section by section; with scripts each answer is saved as it is given."""
    page = amara.page
    while "/checklist/" in page.url:
        # `all` does not wait, so a page that is still arriving would be taken for one without questions.
        expect(page.locator("[data-item]").first).to_be_visible()
        page.wait_for_load_state()
        here = page.url
        for item in page.locator("[data-item]").all():
            number = item.get_attribute("data-item") or ""
            item.get_by_label(NOT_YES.get(number, "Yes"), exact=True).check()
        if amara.scripts and unfinished:
            expect(page.locator("[data-saved]")).to_contain_text("Saved")
            return
        amara.press("Save and continue")
        page.wait_for_url(lambda there, left=here: there != left)


def begin(amara: Someone) -> None:
    """Amara is alone with the person, says what she thinks, and starts to ask."""
    amara.follow("Start a referral")
    amara.choose(
        "Are you alone with the person, and is it safe to talk?", "Yes, we are alone and it is safe to talk"
    )
    amara.picture("01-before-you-start")
    amara.press("Continue")
    amara.choose("What you think now", "I think someone could be seriously hurt or killed")
    amara.write("What makes you think so?", "She watches the door while she talks.")
    amara.press("Save and continue")
    amara.page.wait_for_url("**/checklist/*")


def ask(amara: Someone) -> None:
    """The connection may be lost at any answer: what was given is there when she comes back."""
    answer_questions(amara, unfinished=True)
    if amara.scripts:
        amara.picture("02-questions-on-a-phone")
        amara.page.reload()
        first = amara.page.locator("[data-item]").first
        expect(first.locator("input:checked")).to_have_value("yes")
    answer_questions(amara)
    amara.choose("Do you think this should go to the meeting on your own judgement?", "Yes")
    amara.write("What makes you think so?", "He has found her twice since she left.")
    amara.press("Save and continue")
    amara.reads("24 of 24 questions are answered.")


def name_people(amara: Someone, story: Story) -> None:
    """Amara says who is at risk, who causes harm, and who is a child."""
    amara.follow("Who is at risk")
    amara.write("Name", story.victim)
    amara.write_day("born", date(1991, 3, 27))
    amara.press("Save and continue")
    amara.follow("Who causes harm")
    amara.follow("Add a person")
    amara.write("Name", story.perpetrator)
    amara.write("How they are related to the person at risk (optional)", "ex-partner")
    amara.press("Save and continue")
    amara.reads(story.perpetrator)
    amara.follow("Continue")
    amara.follow("Children")
    amara.follow("Add a child")
    amara.write("Name", "Ash")
    amara.write_in("born-year", "2019")
    amara.press("Save and continue")
    amara.follow("Continue")


def say_how_to_reach(amara: Someone) -> None:
    """Amara says how and where the person may be reached safely."""
    amara.follow("Safe contact")
    amara.pick("What is it?", "Telephone")
    amara.write("Number or address", "07700 900876")
    amara.choose("Is it safe to use?", "No")
    amara.write("The one rule every agency must read first (optional)", "Only through the school office.")
    amara.press("Save and continue")
    amara.follow("Where they are now")
    amara.write("Where are they now?", f"{STREET}, Ashmere, {POSTCODE}")
    amara.press("Save and continue")


def say_why(amara: Someone) -> None:
    """Amara says why now, and on what basis she shares."""
    amara.follow("Why now")
    amara.write("Why are you referring now?", "He followed her home from the school on two days.")
    amara.write(
        "What does the person want to happen? (optional)", "I want to walk home without looking back."
    )
    amara.choose("Can this wait for the next meeting?", "Yes")
    amara.press("Save and continue")
    amara.follow("Sharing")
    amara.choose("Did the person agree to this referral?", "Yes, they agreed")
    amara.choose("Lawful basis for sharing", "Public task: our work in law is to protect people")
    amara.press("Save and continue")
    amara.picture("03-parts-of-a-referral")


def send(amara: Someone, story: Story) -> None:
    """Amara checks, sends, and reads why it goes forward before any number."""
    amara.follow("Check and send")
    amara.reads(story.victim)
    amara.press("Send the referral")
    amara.reads("What to do now", "He has found her twice since she left.")
    text = amara.page.locator("main").inner_text()
    assert text.index("The referrer judged the risk to be high") < text.index("16 answers are yes.")
    found = re.search(r"AS-[0-9A-Z]{5}\b", text)
    assert found is not None
    story.reference = found.group()
    amara.picture("04-result")


def plan(ben: Someone, story: Story) -> None:
    """Ben plans a meeting; its deadlines follow."""
    ben.turn_to("Meetings")
    ben.follow("Plan a meeting")
    ben.write_day("starts_on", story.meeting_on)
    ben.write("Starts", "9:30am")
    ben.write("Venue", "Room 7")
    ben.pick("Chair", "Chidi Ravenhall")
    ben.press("Plan the meeting")
    ben.reads("Room 7", "Deadlines")


def accept(ben: Someone, story: Story) -> None:
    """Ben finds the referral in the queue and puts it on the meeting."""
    ben.page.goto(f"{ben.served.address}/queue")
    ben.reads("Referrals to decide", story.victim)
    ben.picture("05-referrals-to-decide")
    ben.follow(story.victim)
    ben.reads("He followed her home from the school on two days.")
    ben.picture("06-a-referral-to-decide")
    ben.pick("Meeting", f"{story.meeting_on:%-d %B %Y}, 9:30am")
    ben.press("Accept")
    ben.page.goto(f"{ben.served.address}/queue")
    ben.does_not_read(story.victim)


def open_agenda(someone: Someone, story: Story) -> None:
    """Goes to the meeting's agenda."""
    someone.turn_to("Meetings")
    someone.follow(f"{story.meeting_on:%A %-d %B %Y}")


def issue(ben: Someone, story: Story) -> None:
    """Ben issues the agenda as version 1."""
    open_agenda(ben, story)
    ben.reads(story.reference)
    ben.press("Issue version 1")
    ben.reads("Since version 1", "Nothing has changed.")


def look_at_tomorrow(ben: Someone) -> None:
    """Ben looks at tomorrow's agenda, which has a case that was added after it was issued."""
    ben.turn_to("Meetings")
    ben.go(ben.page.locator("main table").first.locator("tbody").get_by_role("link").first)
    ben.reads("AS-0412", "AS-0463 was added")
    ben.picture("07-agenda")


def take_agenda(chidi: Someone, story: Story) -> bytes:
    """Chidi downloads his copy of the agenda."""
    open_agenda(chidi, story)
    chidi.press("My copy (PDF)")
    return chidi.download()


def contribute(chidi: Someone, agency: str, words: str | None) -> None:
    """Chidi writes down what an agency said, or that it knows nothing."""
    chidi.unfold("Add what an agency said")
    form = chidi.page.locator("form[action$='/contributions']")
    form.get_by_label("Agency", exact=True).select_option(label=agency)
    if words is None:
        chidi.choose("Did the agency share something?", "No, nothing known")
    else:
        chidi.choose("Did the agency share something?", "Yes, it shared this")
        form.get_by_label("What was said", exact=True).fill(words)
        chidi.choose("Is it a fact or an opinion?", "Fact")
    chidi.go(form.get_by_role("button", name="Add", exact=True))


def name_risk(chidi: Someone, about: str, words: str) -> None:
    """Chidi adds a line to the risks."""
    chidi.unfold("Add a risk")
    chidi.pick("Whom it is about", about)
    chidi.write("The risk in one line", words)
    chidi.press("Add this risk")
    chidi.reads(words)


@dataclass(frozen=True)
class Promise:
    """What an agency offers in the room."""

    agency: str
    what: str
    who: str
    risk: str
    needs_address: bool = False


def agree(chidi: Someone, story: Story, promise: Promise) -> None:
    """Chidi writes down an action as it is offered."""
    chidi.unfold("Add an action")
    form = chidi.page.locator("form[action$='/actions']")
    form.get_by_label("Agency", exact=True).select_option(label=promise.agency)
    form.get_by_label("What will be done", exact=True).fill(promise.what)
    form.get_by_label("Who will do it", exact=True).fill(promise.who)
    chidi.write_day("due_on", story.due_on)
    form.get_by_label("The risk it lowers", exact=True).select_option(label=promise.risk)
    form.get_by_label("What will show that it was done", exact=True).fill("Date it was done")
    chidi.choose("Was the agency in the room?", "Yes, it offered this")
    if promise.needs_address:
        chidi.choose("Does it need the address?", "It cannot be done without knowing where the person is")
    chidi.press("Add this action")
    chidi.reads(promise.what)


def conclude(chidi: Someone) -> None:
    """Chidi cannot close the case with a line missing; with every line he can."""
    chidi.choose("Outcome", "Actions agreed")
    chidi.write("What the person at risk wants", "I want to walk home without looking back.")
    chidi.press("Conclude this turn")
    expect(chidi.page).to_have_title(re.compile("^Error: "))
    chidi.reads("There is a problem")
    chidi.picture("08-a-case-that-cannot-be-closed-yet")
    chidi.write("What was decided for the children", "School keeps Ash inside until she is collected.")
    chidi.write("Or why there is nothing about them", "Nobody knows where he lives yet.")
    chidi.press("Conclude this turn")
    chidi.reads("How this turn ended")
