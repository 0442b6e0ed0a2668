"""The agreement of the demonstration: results, money, a visit and the evaluation."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from ashar.agreements.actions import drafts, evaluations, money, reports, visits
from ashar.agreements.models import Agreement, MonitoringVisit, Report
from ashar.calls.models import Call
from ashar.cases.actions import make_move
from ashar.cases.queries import law
from ashar.desk.actions.demonstration import Demonstration, day, on_day
from ashar.indicators.actions import IndicatorText
from ashar.kernel.money import Som


def picture_of_receipt(title: str) -> ContentFile[bytes]:
    """Return a small invented receipt as a picture."""
    image = Image.new("RGB", (420, 240), "white")
    ImageDraw.Draw(image).rectangle((12, 12, 408, 228), outline="black", width=2)
    kept = BytesIO()
    image.save(kept, "PNG")
    return ContentFile(kept.getvalue(), name=f"{title[:20]}.png")


class Delivery:
    """What happens after the award."""

    def __init__(self, show: Demonstration, call: Call) -> None:
        self.show = show
        self.call = call
        self.clerk = show.clerk
        self.contractor = show.people["chinara"]
        self.agreement = Agreement.objects.select_related("case").get(proposal__call=call)

    @property
    def texts(self) -> dict[str, Any]:
        """Return the invented texts of the agreement."""
        chosen: dict[str, Any] = self.show.texts["agreement"]
        return chosen

    def sign(self) -> None:
        """Write the agreement, offer and sign it."""
        with on_day(124):
            self._write()
            make_move(
                self.agreement.case,
                "offer",
                by=self.clerk,
                answers={"agreement_number": self.texts["number"]},
            )
        with on_day(120):
            make_move(
                self.agreement.case,
                "sign",
                by=self.contractor,
                answers={"signed_on": day(120).date()},
            )

    def _write(self) -> None:
        text = self.texts
        drafts.edit_agreement(
            self.agreement,
            drafts.AgreementText(
                title_ky=text["title"]["ky"],
                title_ru=text["title"]["ru"],
                subject_ky=text["subject"]["ky"],
                subject_ru=text["subject"]["ru"],
                starts_on=self.call.starts_on,
                ends_on=self.call.ends_on,
                total=Som.of(text["total"]),
                standard=text["standard"],
            ),
            by=self.clerk,
        )
        drafts.write_results(self.agreement, self._results(), by=self.clerk)
        plan = drafts.ReportPlan(day(120).date(), day(40).date(), day(35).date())
        drafts.write_reports(self.agreement, [plan], by=self.clerk)
        tranches = [
            drafts.TranchePlan(
                Som.of(amount), condition, 1 if condition == "report" else None, None
            )
            for amount, condition in text["tranches"]
        ]
        drafts.write_tranches(self.agreement, tranches, by=self.clerk)

    def _results(self) -> list[IndicatorText]:
        return [
            IndicatorText(
                title_ky=row["ky"],
                title_ru=row["ru"],
                unit_ky=row["unit_ky"],
                unit_ru=row["unit_ru"],
                target=Decimal(row["target"]),
                counts_people=row.get("counts_people", False),
            )
            for row in self.texts["results"]
        ]

    def report_and_pay(self) -> None:
        """Report, be sent back once, be accepted, be paid."""
        self._pay(1, 115, "ПП-101")
        report = Report.objects.select_related("case").get(agreement=self.agreement)
        with on_day(38):
            self._write_report(report)
            make_move(report.case, "submit", by=self.contractor)
        with on_day(36):
            reason = {"reason": self.texts["report"]["sent_back"]}
            make_move(report.case, "send_back", by=self.clerk, answers=reason)
        with on_day(34):
            make_move(report.case, "submit", by=self.contractor)
        with on_day(32):
            make_move(report.case, "accept", by=self.clerk)
        self._pay(2, 28, "ПП-147")
        with on_day(27):
            actual = {source: Som.of(sum_) for source, sum_ in self.texts["actual"].items()}
            money.record_actual(self.agreement, actual, by=self.clerk)

    def _write_report(self, report: Report) -> None:
        text = self.texts["report"]
        indicators = list(self.agreement.case.indicators.order_by("position"))
        values = {
            one.pk: Decimal(row["actual"]) if "actual" in row else None
            for one, row in zip(indicators, self.texts["results"], strict=True)
        }
        reports.write_report(
            report,
            done=text["done"],
            problems=text["problems"],
            values=values,
            by=self.contractor,
        )
        village = self.show.stage.villages[0]
        people = [reports.PeopleRow(village.pk, *row) for row in self.texts["results"][0]["people"]]
        reports.write_people(report, indicators[0], people, by=self.contractor)
        for title, source, amount in text["costs"]:
            cost = reports.Cost(title, source, Som.of(amount), day(60).date())
            reports.write_cost(report, cost, receipt=picture_of_receipt(title), by=self.contractor)

    def _pay(self, number: int, days_ago: int, order: str) -> None:
        tranche = self.agreement.tranches.select_related("case").get(number=number)
        with on_day(days_ago):
            make_move(
                tranche.case,
                "prepare_payment",
                by=self.clerk,
                answers={
                    "payment_order": order,
                    "paid_on": day(days_ago).date(),
                    "paid_som": tranche.amount,
                },
            )
        with on_day(days_ago, hours=2):
            make_move(tranche.case, "approve_payment", by=self.show.people["head"])

    def monitor(self) -> MonitoringVisit:
        """Visit, find a shortcoming, see it mended."""
        text = self.show.texts["visit"]
        standard = self.texts["standard"]
        with on_day(60):
            plan = visits.VisitPlan(day(55).date(), text["place"], standard)
            visit = visits.plan_visit(self.agreement, plan, by=self.clerk)
        clauses = list(law().standard(standard).clauses)
        answers = {key: visits.ClauseFound("met", text["met"]) for key in clauses}
        answers[text["clause"]] = visits.ClauseFound(**text["partly"])
        with on_day(55, hours=3):
            visits.write_visit(
                visit,
                held_on=day(55).date(),
                summary=text["summary"],
                answers=answers,
                by=self.clerk,
            )
            finding = visits.add_finding(
                visit,
                text=text["finding"],
                fix_by=day(30).date(),
                clause=text["clause"],
                by=self.clerk,
            )
            make_move(visit.case, "record", by=self.clerk)
        with on_day(40):
            mended = {"mended_text": text["mended"]}
            make_move(finding.case, "report_mended", by=self.contractor, answers=mended)
        with on_day(38):
            make_move(finding.case, "confirm", by=self.clerk)
        return visit

    def evaluate(self) -> None:
        """Ask before and after, compare, decide to continue."""
        text = self.show.texts["evaluation"]
        with on_day(10):
            evaluation = evaluations.open_evaluation(self.agreement, by=self.clerk)
            survey = [
                evaluations.SurveyRow(
                    round=when,
                    question_ky=row["ky"],
                    question_ru=row["ru"],
                    asked=row[when][0],
                    satisfied=row[when][1],
                )
                for row in text["survey"]
                for when in ("before", "after")
            ]
            judgement = evaluations.Judgement(text["strengths"], text["weaknesses"], text["advice"])
            evaluations.write_evaluation(evaluation, judgement, survey=survey, by=self.clerk)
            make_move(
                evaluation.case,
                "continue_service",
                by=self.clerk,
                answers={"conclusion_text": text["conclusion"]},
            )
            make_move(self.agreement.case, "complete", by=self.clerk)
