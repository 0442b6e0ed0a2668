"""What the board shows to the customer alone: hints of an interest, and what stands out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ashar.calls.models import Call
from ashar.calls.queries.calls import members_of
from ashar.calls.queries.hints import dropped_sheets, hints_in, standing_out
from ashar.reviews.core import Hint, HintKind

# Said as a question to the member, and as a fact of the register to the customer.
WORDS = {
    HintKind.SAME_BODY: _("The register says that you act or acted for this applicant"),
    HintKind.SAME_ADDRESS: _("A body you act for has the same address as the applicant"),
    HintKind.SAME_TELEPHONE: _("A body you act for has the same telephone as the applicant"),
    HintKind.SAME_ACCOUNT: _("A body you act for has the same bank account as the applicant"),
    HintKind.FAMILY_NAME: _("Somebody with a like family name acts for the applicant"),
    HintKind.EARLIER_AWARD: _("You judged this applicant before, and it won"),
}
KINDS = {
    HintKind.SAME_BODY: _("acts or acted for the applicant"),
    HintKind.SAME_ADDRESS: _("same address"),
    HintKind.SAME_TELEPHONE: _("same telephone"),
    HintKind.SAME_ACCOUNT: _("same bank account"),
    HintKind.FAMILY_NAME: _("like family name"),
    HintKind.EARLIER_AWARD: _("judged it before, and it won"),
}


def questions(found: tuple[Hint, ...]) -> list[Any]:
    """Return what the member is asked about, in words."""
    return [WORDS[hint.kind] for hint in found]


def signs(call: Call, roles: frozenset[str]) -> dict[str, Any]:
    """Return dropped sheets to all who work here; hints and what stands out to the customer."""
    shown: dict[str, Any] = {"dropped": dropped_sheets(call)}
    if "customer" not in roles:
        return shown
    names = {one.person_id: one.person for one in members_of(call)}
    judged = {one.case_id: one.applicant for one in call.proposals.select_related("applicant")}
    shown["hinted"] = [
        (names[member], judged[case], [KINDS[hint.kind] for hint in found])
        for (case, member), found in hints_in(call).items()
    ]
    if call.case.stage not in {"decided", "awarded"}:
        return shown
    bodies = {one.pk: one for one in judged.values()}
    far, same, often = standing_out(call)
    shown["far"] = [(names.get(one.member), judged[one.proposal], one) for one in far]
    shown["same"] = [
        (bodies[one.one], bodies[one.other], [KINDS[kind] for kind in one.kinds]) for one in same
    ]
    shown["often"] = [(bodies[one.body], one) for one in often if one.body in bodies]
    return shown
