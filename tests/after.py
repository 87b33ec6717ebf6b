"""Builds what is around a decision: a sign-off before it, a person to ring and a drawn decision after it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from conferences import policies
from conferences.models import AdvocateReferral, Case, Draw, Employee, Referral, Role, User
from conferences.reaching import Contact, Point, Way
from conferences.referral import drafts, referrals, signing
from conferences.wall import colleagues, walls
from conferences.wall.colleagues import Colleague
from conferences.wall.staff import Home
from tests import make
from tests.make import World


def to_ring(world: World, **about: Any) -> AdvocateReferral:
    """Makes a person for the advocates to ring."""
    row = make.sent_referral(world, **about)
    wanted = select(AdvocateReferral).where(AdvocateReferral.referral_id == row.id)
    return world.session.scalars(wanted).one()


def drawn(world: World, **about: Any) -> Draw:
    """Makes a decision that was drawn for the chair to read again."""
    policies.in_force(world.session, world.area.id, world.now.date()).audit_share = 100
    row = make.declined(world, **about)
    return world.session.scalars(select(Draw).where(Draw.referral_id == row.id)).one()


def mailed(world: World, mail: str, **about: Any) -> Case:
    """A sent case whose victim is reached at a mail address and by nothing else."""
    row = make.filled_draft(world, **about)
    contact = Contact("By mail only.", (Point(way=Way.MAIL, value=mail),))
    referrals.save_contact(world.session, world.amara, row, contact, now=world.now)
    referrals.submit(world.session, world.amara, row, now=world.now)
    return row.case


def colleague(world: World) -> Employee:
    """Somebody at Housing without an account; each has a name of their own."""
    name = f"Ned Sampleworth {len(world.session.scalars(select(Employee)).all())}"
    given = Colleague(name, Home(phones="01632 960777"))
    return colleagues.add(world.session, world.dana, world.agencies["HSG"], given, now=world.now)


def hana(world: World) -> User:
    """Hana, who works at Housing, where Dana is her manager."""
    return _at_housing(world, "Hana Birchwood")


def _at_housing(world: World, name: str) -> User:
    if name not in world.others:
        place = (world.agencies["HSG"], Role.FRONTLINE)
        email = f"{name.split()[0].lower()}@hsg.example"
        world.others[name] = make.a_user(world.session, *place, name, email, world.now, None)
    return world.others[name]


def asks_first(world: World, *codes: str) -> None:
    """The area asks that these agencies' referrals are signed off first."""
    policies.in_force(world.session, world.area.id, world.now.date()).sign_off = list(codes or ("HSG",))


def handed_in(world: World, *, by: User | None = None, **about: Any) -> Referral:
    """Makes a referral of Hana's that waits for Dana's sign-off."""
    asks_first(world)
    row = make.filled_draft(world, by=by or hana(world), **about)
    referrals.submit(world.session, row.referrer, row, now=about.get("now") or world.now)
    return row


def given_back(world: World, reason: str = "Say which school.", **about: Any) -> Referral:
    """Makes a referral that Dana gave back to Hana."""
    row = handed_in(world, **about)
    signing.give_back(world.session, world.dana, row, reason=reason, now=world.now)
    return row


def left_behind(world: World, **about: Any) -> Referral:
    """Makes a draft of Joel's, who worked at Housing; it was found the morning after he had left."""
    joel = _at_housing(world, "Joel Ashdown")
    joel.is_active = True
    row = make.filled_draft(world, by=joel, **about)
    joel.is_active = False
    drafts.tidy(world.session, now=world.now + timedelta(days=1))
    return row


def shut(world: World) -> Case:
    """Makes a sent case out of which somebody without an account is shut."""
    case = make.sent_referral(world).case
    walls.exclude(world.session, world.ben, case, named="Mina Alderoak", reason="Sister", now=world.now)
    return case
