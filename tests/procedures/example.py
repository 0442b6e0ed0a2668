"""The worked example: its file, and guards enough to run it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from ashar.procedures.figures import known
from ashar.procedures.reasons import Reason
from ashar.procedures.registry import Guard, Registry

LAW = Path(__file__).parent / "law"
EXAMPLE = LAW / "procedures" / "municipal_social_order" / "2022-11-25.yaml"


def documents_attached(facts, documents):
    missing = tuple(one.title for one in documents if one.key not in facts["documents"])
    return Reason("documents_attached", documents=missing) if missing else None


def quorum(facts, share):
    needed = known(share, Fraction)
    if isinstance(needed, Reason):
        return needed
    return None if Fraction(facts["present"], facts["members"]) >= needed else Reason("quorum")


def made_registry():
    made = Registry()
    made.add(
        guards={
            "documents_attached": Guard(documents_attached, ("documents",)),
            "cites_ranked_need": Guard(
                lambda facts, _: None if facts["need"] else Reason("no_need"), ("need",)
            ),
            "quorum": Guard(quorum, ("present", "members")),
            "reason_given": Guard(
                lambda facts, _: None if facts["answers"].get("reason") else Reason("no_reason"),
                ("answers",),
            ),
        },
        facts=dict.fromkeys(("documents", "need", "present", "members", "answers"), str),
        effects=dict.fromkeys(
            ("publish", "notify", "unseal_proposals", "create_agreement"), lambda *_: None
        ),
        moments={"call_closes": lambda _case: None},
        checks={"is_registered": lambda _organisation: None},
    )
    return made
