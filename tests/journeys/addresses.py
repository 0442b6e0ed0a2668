"""Every address of the site with what stands behind it in the demonstration."""

from __future__ import annotations

from django.urls import URLPattern, get_resolver, reverse

from ashar.agreements.models import CostLine
from ashar.calls.models import Question
from ashar.cases.models import Case
from ashar.cases.queries import procedure_of
from ashar.documents.models import Document
from ashar.events.models import Event
from ashar.indicators.models import Indicator
from ashar.needs.models import Need
from ashar.parties.models import Account, Mandate, Organisation
from ashar.places.queries import DEMONSTRATION_AIMAK
from ashar.programmes.models import Measure

# Which track a page belongs to, by the name of its address.
TRACKS = {
    "needs": {
        "study": "study edit_study grouping new_session new_gathering",
        "gathering": ("gathering edit_gathering attendance suggestions votes vote_file minutes"),
    },
    "programmes": {"programme": "programme edit add_measure"},
    "calls": {
        "proposal": (
            "proposal edit_proposal autosave receipt_paper check interest sheet complain "
            "sealed_draft sealed_papers remove_sealed_paper hand_in_envelope write_weaker code "
            "weaker_paper remove_weaker_paper hand_in upload_envelope open_own"
        ),
        "complaint": "complaint",
        "call": (
            "call edit commission confirm_commission ask take_part call_proposals opening give_share "
            "admission scoring board scores offline"
        ),
    },
    "agreements": {
        "tranche": "tranche",
        "report": "report edit_report add_cost",
        "visit": "visit edit_visit add_finding",
        "finding": "finding",
        "evaluation": "evaluation edit_evaluation",
        "agreement": ("agreement edit results funding reports tranches money plan_visit evaluate"),
    },
    "cases": {"": "case add_paper"},
}
TRACK_OF = {
    f"{room}:{name}": track
    for room, tracks in TRACKS.items()
    for track, names in tracks.items()
    for name in names.split()
}


def named_addresses(resolver=None, room=""):
    """Every name of the URL table with the parts its address needs."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield (
                f"{room}{pattern.name}",
                tuple(pattern.pattern.converters)
                or tuple(getattr(getattr(pattern.pattern, "regex", None), "groupindex", ())),
            )
        else:
            yield from named_addresses(
                pattern, f"{pattern.namespace}:" if pattern.namespace else room
            )


def addresses():
    """Give a label and an address for each page, one for each stage an object stands at."""
    for name, parts in named_addresses():
        if name == "health-ready":
            continue  # its answer is the state of the machine (tests/server/test_health.py)
        if not parts:
            yield name, reverse(name)
            continue
        for label, arguments in _objects(name):
            yield f"{name} {label}".strip(), reverse(name, args=arguments)


def _objects(name):
    """What can stand in the address: a label without chance in it, and its arguments."""
    if name in SPECIAL:
        return SPECIAL[name]()
    track = TRACK_OF[name]  # a new page names its track above
    return [(f"[{_said(case)}]", [case.ref]) for case in _cases(track)]


def _said(case):
    return f"{case.track} {case.stage}"


def _cases(track=""):
    """The first case at each stage of the track."""
    found = {}
    every = Case.objects.order_by("pk")
    for case in every.filter(track=track) if track else every:
        found.setdefault(_said(case), case)
    return [found[key] for key in sorted(found)]


def _of(model, label, *lookups):
    """The first object of each label."""
    found = {}
    for one in model.objects.order_by("pk"):
        found.setdefault(label(one), one)
    return [
        (f"[{key}]", [_value(found[key], lookup) for lookup in lookups]) for key in sorted(found)
    ]


def _value(thing, lookup):
    for part in lookup.split("."):
        thing = getattr(thing, part)
    return thing


def _moves():
    for case in _cases():
        moves = procedure_of(case).tracks[case.track].stages[case.stage].moves
        for name in moves:
            yield f"[{_said(case)}] {name}", [case.ref, name]


def _receipts():
    for case in _cases("proposal"):
        if case.proposal.counted_id or case.proposal.sealed_id:
            yield f"[{_said(case)}]", [case.ref, 1]


def _people():
    reports = {_said(case): case for case in _cases("report")}
    for label, case in reports.items():
        counted = Indicator.objects.filter(case=case.report.agreement.case, counts_people=True)
        yield f"[{label}]", [case.ref, counted.first().pk]


def _kind(document):
    return f"{document.visibility} {document.kind}"


def _measures():
    return _of(Measure, lambda one: one.programme.case.stage, "programme.case.ref", "ref")


def _costs():
    return _of(CostLine, lambda one: f"report {one.report.case.stage}", "report.case.ref", "pk")


def _of_papers():
    filed = Case.objects.filter(papers__isnull=False).order_by("pk").first()
    paper = filed.papers.select_related("document").first()
    return [("[generated]", [filed.ref, paper.document.ref])]


def _code():
    public = Document.objects.filter(visibility="public").exclude(verification_code="")
    return public.order_by("pk").first().verification_code


def _zamir():
    return [("[Zamir]", [Account.objects.get(username="zamir").pk])]


# The demonstration holds no card of a person: tests/cards sends the cast to real ones.
_NO_CARD = "K7M2-9QXDT"
SPECIAL = {
    "entrance:end_one": lambda: [("[none]", [1])],
    "entrance:remove_identity": lambda: [("[none]", [1])],
    "entrance:invited": lambda: [("[unknown]", ["K7M2-9QXDT"])],
    "entrance:account": _zamir,
    "entrance:sign_out_everywhere": _zamir,
    "entrance:reset": _zamir,
    "entrance:invite": _zamir,
    "mfa_remove_webauthn": lambda: [("[none]", [1])],
    "openid_connect_login": lambda: [("[none]", ["state"])],
    "parties:mandate": lambda: _of(Mandate, lambda one: one.organisation.kind, "pk"),
    "parties:confirm_mandate": lambda: _of(Mandate, lambda one: one.organisation.kind, "pk"),
    "parties:end_mandate": lambda: _of(Mandate, lambda one: one.organisation.kind, "pk"),
    "parties:edit_organisation": lambda: _of(Organisation, lambda one: one.kind, "ref"),
    "people:card": lambda: [("[none]", [_NO_CARD])],
    "people:correct": lambda: [("[none]", [_NO_CARD])],
    "people:new_consent": lambda: [("[none]", [_NO_CARD])],
    "people:withdraw_consent": lambda: [("[none]", [_NO_CARD, 1])],
    "people:particulars": lambda: [("[none]", [_NO_CARD, "health"])],
    "people:end_clearance": lambda: [("[none]", [1])],
    "privacy:ask": lambda: [("[none]", [_NO_CARD, "export"])],
    "privacy:decide": lambda: [("[none]", [_NO_CARD])],
    "privacy:copy": lambda: [("[none]", [_NO_CARD, "json"])],
    "privacy:my_copy": lambda: [("[own]", ["json"]), ("[own, to read]", ["html"])],
    "journal:checkpoint-of": lambda: [("[none]", [999_999_999])],
    "journal:proof": lambda: [("[none]", [999_999_999])],
    "short_address": lambda: [("[published]", [_code()])],
    "documents:verify": lambda: [("[published]", [_code()]), ("[unknown]", ["K7M29QXDTT"])],
    "documents:file": lambda: _of(Document, _kind, "ref"),
    "portal:place": lambda: [("[aimak]", [DEMONSTRATION_AIMAK])],
    "portal:place_chain": lambda: [("[aimak]", [DEMONSTRATION_AIMAK])],
    "portal:procedure": lambda: [("[needs study]", ["needs_study", "2021-10-21"])],
    "cases:move": lambda: list(_moves()),
    "cases:remove_paper": _of_papers,
    "needs:session": lambda: _of(Event, lambda one: one.kind, "ref"),
    "needs:delete_session": lambda: _of(Event, lambda one: one.kind, "ref"),
    "needs:need": lambda: _of(Need, lambda one: one.study.case.stage, "ref"),
    "needs:outcome": lambda: _of(Need, lambda one: one.study.case.stage, "ref"),
    "needs:delete_need": lambda: _of(Need, lambda one: one.study.case.stage, "ref"),
    "programmes:measure": _measures,
    "programmes:remove_measure": _measures,
    "calls:receipt": lambda: list(_receipts()),
    "calls:envelope": lambda: list(_receipts()),
    "calls:check_receipt": lambda: list(_receipts()),
    "calls:answer": lambda: _of(
        Question, lambda one: f"call {one.call.case.stage}", "call.case.ref", "pk"
    ),
    "agreements:people": lambda: list(_people()),
    "agreements:cost": _costs,
    "agreements:remove_cost": _costs,
}
