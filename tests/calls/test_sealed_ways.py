"""The applicant's pages of a sealed contest: the weaker way, bad input, who gets nothing."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from ashar.calls.core import SECTIONS, TEXT_LIMITS, unpack_draft
from ashar.desk.core import CAST
from ashar.seals.core import decrypt, new_identity, recipient_of, split_for, unpack
from ashar.seals.models import Envelope, SealedDraft, SealedPaper
from ashar.seals.queries import recipients_of, sealing_of
from tests.calls import contest, sealed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OWN = frozenset({"chinara", "cholpon"})


@pytest.fixture
def proposal(world, found):
    return sealed.started(world, found)


def url(name, proposal, *more):
    with translation.override("ky"):
        return reverse(f"calls:{name}", args=(proposal.case.ref, *more))


def fields(typed, **more):
    """The form as a browser without scripts sends it."""
    sent = {name: typed[name] for name in TEXT_LIMITS}
    for section, columns in SECTIONS.items():
        for number, row in enumerate(typed[section]):
            sent |= {f"{section}-{number}-{column}": row.get(column, "") for column in columns}
    return sent | more


def code_of(client, proposal):
    """The code that the browser keeps in its cookie."""
    return client.cookies["proposal_code_ky"].value


def content_of(client, proposal):
    ciphertext = bytes(SealedDraft.objects.get(case=proposal.case).ciphertext)
    return unpack_draft(decrypt(ciphertext, code_of(client, proposal)))


def written(client, proposal, **changes):
    """A draft written in the weaker way."""
    typed = {**contest.TYPED, **changes}
    draft = SealedDraft.objects.filter(case=proposal.case).first()
    version = draft.version if draft else 0
    return client.post(url("write_weaker", proposal), fields(typed, draft_version=version))


def envelope_fields(found, proposal, typed=None, **changes):
    """What the browser of an applicant sends when it hands in."""
    identity = new_identity()
    content, recipient = sealed.locked(json.dumps(typed or {}).encode(), identity)
    sealing = sealing_of(found.call.case)
    shares = split_for(identity, recipients_of(sealing), sealing.threshold)
    proposal.case.refresh_from_db()
    sent = {
        "ciphertext": SimpleUploadedFile("sealed", content),
        "recipient": recipient,
        "shares": json.dumps(shares),
        "papers": "[]",
        "statement": json.dumps({"complete": True, "adds_up": True, "within_maximum": True}),
        "version": proposal.case.version,
    }
    return sent | changes


# The weaker way


def test_the_weaker_way_works_from_the_first_word_to_the_opening(world, found, proposal):
    client = sealed.signed_in(world, "chinara")
    page = client.get(url("write_weaker", proposal))
    assert "Алсызыраак жол" in page.content.decode()
    assert written(client, proposal).status_code == 302
    cookie = client.cookies["proposal_code_ky"]
    assert cookie["httponly"]
    assert cookie["path"] == f"/ky/calls/proposals/{proposal.case.ref}/"
    upload = SimpleUploadedFile("kat.pdf", PDF, "application/pdf")
    paper = {"kind": "other", "title": "Күбөлүк", "file": upload}
    assert client.post(url("weaker_paper", proposal), paper).status_code == 302
    page = client.get(url("hand_in", proposal)).content.decode()
    assert contest.TYPED["title"] in page
    assert "Күбөлүк.pdf" in page
    proposal.case.refresh_from_db()
    sent = client.post(url("hand_in", proposal), {"version": proposal.case.version})
    assert sent.url == url("receipt", proposal, 1)
    receipt = client.get(sent.url).content.decode()
    envelope = Envelope.objects.get(case=proposal.case)
    assert envelope.sealed_by == "server"
    for fact in (envelope.sha256, envelope.recipient, code_of(client, proposal), "Алсызыраак жол"):
        assert fact in receipt
    sealed.closed(found)
    sealed.opened_by(world, found, "bakyt", "burul", "bolot")
    proposal.refresh_from_db()
    assert proposal.counted.title == contest.TYPED["title"]
    assert [one.document.title_ky for one in proposal.case.papers.all()] == ["Күбөлүк.pdf"]
    page = client.get(url("check_receipt", proposal, 1)).content.decode()
    assert envelope.opening.sha256 in page


def test_what_was_typed_comes_back_as_typed_and_wrong_cells_are_named(world, found, proposal):
    client = sealed.signed_in(world, "chinara")
    rows = [{"title": "Ачуу", "starts_on": "кечээ", "ends_on": "31.02.2027"}]
    written(client, proposal, activities=rows)
    page = client.get(url("write_weaker", proposal)).content.decode()
    assert 'value="кечээ"' in page
    assert 'id="error_activities-0-starts_on"' in page
    page = client.get(url("hand_in", proposal)).content.decode()
    assert "Иш графиги" in page
    refused = client.post(url("hand_in", proposal), {"version": proposal.case.version})
    assert refused.status_code == 409
    assert not Envelope.objects.exists()


def test_a_lost_cookie_loses_nothing_that_was_typed(world, found, proposal):
    client = sealed.signed_in(world, "chinara")
    written(client, proposal)
    code = code_of(client, proposal)
    stranger = sealed.signed_in(world, "cholpon")
    typed = fields({**contest.TYPED, "title": "Жаңы аталыш"}, draft_version=1)
    answer = stranger.post(url("write_weaker", proposal), typed)
    assert answer.status_code == 409
    assert "Жаңы аталыш" in answer.content.decode()
    wrong = stranger.post(url("write_weaker", proposal), typed | {"code": "AGE-SECRET-KEY-1XXX"})
    assert "Жаңы аталыш" in wrong.content.decode()
    assert content_of(client, proposal).typed["title"] == contest.TYPED["title"]
    small = "  ".join((code[:20].lower(), code[20:].lower()))
    assert stranger.post(url("write_weaker", proposal), typed | {"code": small}).status_code == 302
    assert content_of(client, proposal).typed["title"] == "Жаңы аталыш"


def test_another_browser_opens_the_draft_with_the_code_and_forgets_it(world, found, proposal):
    client = sealed.signed_in(world, "chinara")
    written(client, proposal)
    other = sealed.signed_in(world, "cholpon")
    asked = other.get(url("write_weaker", proposal)).content.decode()
    assert "Сунуштун коду" in asked
    assert contest.TYPED["title"] not in asked
    assert other.post(url("code", proposal), {"code": new_identity()}).status_code == 409
    other.post(url("code", proposal), {"code": code_of(client, proposal)})
    assert contest.TYPED["title"] in other.get(url("write_weaker", proposal)).content.decode()
    assert other.get(url("edit_proposal", proposal)).url == url("write_weaker", proposal)
    other.post(url("code", proposal), {"forget": "1"})
    assert contest.TYPED["title"] not in other.get(url("write_weaker", proposal)).content.decode()


def test_two_colleagues_at_once_see_both_versions(world, found, proposal):
    client = sealed.signed_in(world, "chinara")
    written(client, proposal)
    other = sealed.signed_in(world, "cholpon")
    other.post(url("code", proposal), {"code": code_of(client, proposal)})
    written(other, proposal, summary="Чолпон жазган")
    typed = fields({**contest.TYPED, "summary": "Чынара жазган"}, draft_version=1)
    told = client.post(url("write_weaker", proposal), typed)
    page = told.content.decode()
    assert told.status_code == 409
    assert "Чолпон жазган" in page
    assert "Чынара жазган" in page
    assert content_of(client, proposal).typed["summary"] == "Чолпон жазган"


@pytest.mark.parametrize("name", ["kat.exe", "kat.pdf"])
def test_a_program_that_calls_itself_a_paper_is_refused(world, found, proposal, name):
    client = sealed.signed_in(world, "chinara")
    written(client, proposal)
    paper = {"kind": "other", "title": "Кат", "file": SimpleUploadedFile(name, b"MZ\x90")}
    answer = client.post(url("weaker_paper", proposal), paper)
    assert answer.status_code == 200
    assert 'value="Кат"' in answer.content.decode()
    assert not SealedPaper.objects.exists()


def test_a_paper_is_taken_off(world, found, proposal):
    client = sealed.signed_in(world, "chinara")
    written(client, proposal)
    upload = SimpleUploadedFile("kat.pdf", PDF, "application/pdf")
    client.post(url("weaker_paper", proposal), {"kind": "other", "title": "Кат", "file": upload})
    (paper,) = content_of(client, proposal).papers
    client.post(url("remove_weaker_paper", proposal), {"paper": paper["ref"]})
    assert content_of(client, proposal).papers == ()
    assert SealedPaper.objects.get().removed_at is not None


# What arrives sealed from the browser


def test_an_envelope_replaces_the_former_one_and_a_withdrawn_one_is_never_opened(
    world, found, proposal
):
    client = sealed.signed_in(world, "chinara")
    for number in (1, 2):
        sent = client.post(
            url("hand_in_envelope", proposal), envelope_fields(found, proposal)
        ).json()
        assert sent == {"go": url("receipt", proposal, number)}
    first = client.get(url("receipt", proposal, 1)).content.decode()
    assert "алмаштырган" in first or "кийинки" in first.lower()
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "/moves/withdraw/" in page
    assert "/moves/replace/" not in page
    own = client.get(reverse("calls:proposals")).content.decode()
    assert proposal.case.ref in own
    assert found.call.case.title_ky in own


BAD = {
    "nothing": {"ciphertext": ""},
    "readable": {"ciphertext": SimpleUploadedFile("sealed", b"readable words")},
    "recipient": {"recipient": "age1nobody"},
    "nul": {"recipient": "age1\x00"},
    "no shares": {"shares": "[]"},
    "shares of a list": {"shares": "[1, 2, 3]"},
    "deep": {"shares": "[" * 5000},
    "not json": {"statement": "{", "papers": "}"},
    "one share": {"shares": json.dumps([{"position": 1, "share": "x"}])},
    "unknown paper": {"papers": '["AAAA-BBBBB"]'},
    "version": {"version": "99999999999999999999"},
    "said incomplete": {"statement": json.dumps({"complete": False})},
}


@pytest.mark.parametrize("fault", BAD)
def test_p36_a_bad_envelope_is_refused_with_a_sentence(world, found, proposal, fault):
    client = sealed.signed_in(world, "chinara")
    sent = envelope_fields(found, proposal, **BAD[fault])
    answer = client.post(url("hand_in_envelope", proposal), sent)
    assert answer.status_code == 409, answer.content
    assert all(answer.json()["refusals"])
    assert not Envelope.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"version": "x"}, {"recipient": "\x00"}])
def test_p36_a_bad_draft_or_paper_is_refused_with_a_sentence(world, found, proposal, sent):
    client = sealed.signed_in(world, "chinara")
    for name in ("sealed_draft", "sealed_papers"):
        answer = client.post(url(name, proposal), sent)
        assert answer.status_code == 409
        assert answer.json()["said"]


def test_nothing_readable_is_taken_in_where_the_browser_seals(world, found, proposal):
    client = sealed.signed_in(world, "chinara")
    for name in ("edit_proposal", "autosave"):
        assert client.post(url(name, proposal), fields(contest.TYPED)).status_code == 404
    proposal.refresh_from_db()
    assert proposal.typed.get("title", "") == ""
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert reverse("cases:add_paper", args=(proposal.case.ref,)) not in page


# A file of the page without the Internet


def offline_file(found, proposal, papers=(), **changes):
    """What the offline page makes."""
    identity = new_identity()
    content, recipient = sealed.locked(b"whatever", identity)
    sealing = sealing_of(found.call.case)
    pieces = [content, *(sealed.locked(paper, identity)[0] for paper in papers)]
    header = {
        "form": "ashar-offline/1",
        "call": found.call.case.ref,
        "proposal": proposal.case.ref,
        "recipient": recipient,
        "shares": split_for(identity, recipients_of(sealing), sealing.threshold),
        "statement": {"complete": True, "adds_up": True, "within_maximum": True},
        "sizes": [len(piece) for piece in pieces],
    }
    raw = json.dumps(header | changes).encode()
    return len(raw).to_bytes(4, "big") + raw + b"".join(pieces)


def test_any_of_the_applicants_people_hands_in_the_file(world, found, proposal):
    client = sealed.signed_in(world, "cholpon")
    raw = offline_file(found, proposal, papers=[PDF, PDF + b"2"])
    answer = client.post(
        url("upload_envelope", proposal), {"file": SimpleUploadedFile("a.ashar", raw)}
    )
    assert answer.url == url("receipt", proposal, 1)
    envelope = Envelope.objects.get()
    assert envelope.sealed_by == "offline"
    assert len(envelope.papers) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: b"",
        lambda raw: raw[:-1],
        lambda raw: raw + b"x",
        lambda raw: b"\xff\xff\xff\xff" + raw,
        lambda raw: raw.replace(b"ashar-offline/1", b"ashar-offline/9"),
        lambda raw: PDF,
        lambda raw: (2).to_bytes(4, "big") + b"[]",
        lambda raw: (10**4).to_bytes(4, "big") + b"[" * 10**4,
    ],
)
def test_p36_a_broken_file_is_refused_with_a_sentence(world, found, proposal, spoil):
    client = sealed.signed_in(world, "chinara")
    file = SimpleUploadedFile("a.ashar", spoil(offline_file(found, proposal)))
    answer = client.post(url("upload_envelope", proposal), {"file": file})
    assert answer.status_code == 409
    assert "govuk-error" in answer.content.decode()
    assert not Envelope.objects.exists()


def test_a_file_made_for_another_proposal_is_refused(world, found, proposal):
    other = sealed.started(world, found, "jamila", "meerim")
    client = sealed.signed_in(world, "jamila")
    file = SimpleUploadedFile("a.ashar", offline_file(found, proposal))
    assert client.post(url("upload_envelope", other), {"file": file}).status_code == 409


def test_the_offline_page_stands_alone(world, found, proposal):
    client = sealed.signed_in(world, "chinara")
    with translation.override("ky"):
        answer = client.get(reverse("calls:offline", args=(found.call.case.ref,)))
    page = answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]
    assert proposal.case.ref in page
    for outside in ("src=", "href=", "http-equiv", "@import", "url(/"):
        assert outside not in page.split("<script>")[0].split("</style>")[-1]
    assert page.count("<script>") == 1


# Who gets nothing


def own_addresses(proposal):
    """Every address of the applicant's side, with how it is asked."""
    for name in ("edit_proposal", "write_weaker", "weaker_paper", "hand_in", "upload_envelope"):
        yield "get", url(name, proposal)
        yield "post", url(name, proposal)
    for name in ("receipt", "envelope", "check_receipt"):
        yield "get", url(name, proposal, 1)
    for name in (
        "sealed_draft",
        "sealed_papers",
        "remove_sealed_paper",
        "hand_in_envelope",
        "code",
        "remove_weaker_paper",
    ):
        yield "post", url(name, proposal)


def leaks(world, proposal, who):
    """The addresses at which somebody who is not the applicant gets anything but 404."""
    client = sealed.signed_in(world, who)
    return [
        address
        for method, address in own_addresses(proposal)
        if getattr(client, method)(address).status_code != 404
    ]


@pytest.fixture
def handed_in(world, found, proposal):
    client = sealed.signed_in(world, "chinara")
    client.post(url("hand_in_envelope", proposal), envelope_fields(found, proposal))
    assert Envelope.objects.count() == 1
    return proposal


@pytest.mark.parametrize("who", [role.username for role in CAST if role.username not in OWN])
def test_p24_nobody_but_the_applicants_people_finds_these_pages(world, handed_in, who):
    assert leaks(world, handed_in, who) == []


def test_p24_the_look_notices_when_anybody_may_be_an_applicant(world, handed_in, monkeypatch):
    monkeypatch.setattr("ashar.calls.access.acts_for_applicant", lambda *_who: True)
    assert leaks(world, handed_in, "zamir") != []


def test_a_rival_who_begins_his_own_finds_only_his_own(world, found, handed_in):
    sealed.started(world, found, "jamila", "meerim")
    assert leaks(world, handed_in, "jamila") == []


def test_the_envelope_opens_with_the_code_by_age_alone(world, found, proposal):
    """What the check page says to do with age gives what was typed."""
    client = sealed.signed_in(world, "chinara")
    written(client, proposal)
    proposal.case.refresh_from_db()
    client.post(url("hand_in", proposal), {"version": proposal.case.version})
    file = client.get(url("envelope", proposal, 1))
    payload = unpack(decrypt(file.content, code_of(client, proposal)))
    assert payload.typed["title"] == contest.TYPED["title"]
    assert recipient_of(code_of(client, proposal)) == Envelope.objects.get().recipient
