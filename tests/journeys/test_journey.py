"""From a voiced need to a paid and evaluated order: by people, in a browser, from end to end."""

from __future__ import annotations

import pytest

from tests.journeys import (
    contest_acts,
    decision_acts,
    delivery_acts,
    needs_acts,
    programme_acts,
    public_acts,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), [("ky", 360), ("ru", 1280)])
def test_from_the_need_to_the_evaluation(tell, texts, language, width):
    story = tell(language, width)
    needs_acts.study_needs(story, texts)
    needs_acts.hold_gathering(story, texts)
    programme_acts.approve_programme(story, texts)
    contest_acts.announce(story, texts)
    contest_acts.apply(story, texts)
    decision_acts.close(story)
    decision_acts.admit(story, texts)
    decision_acts.score(story, texts)
    decision_acts.complain(story, texts)
    delivery_acts.sign_agreement(story, texts)
    delivery_acts.report_and_pay(story, texts)
    delivery_acts.monitor(story, texts)
    delivery_acts.evaluate(story, texts)
    public_acts.walk(story, texts)
    assert story.look.english == {}
