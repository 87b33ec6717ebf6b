"""Builds what follows a decision: a person to ring, and a decision drawn for the chair."""

from typing import Any

from sqlalchemy import select

from conferences import policies
from conferences.models import AdvocateReferral, Draw
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
