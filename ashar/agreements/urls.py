"""Addresses of agreements."""

from __future__ import annotations

from django.urls import path

from ashar.agreements.views import agreements, drafts, monitoring, reports

app_name = "agreements"
urlpatterns = [
    path("", agreements.index, name="index"),
    path("tranche/<str:ref>/", reports.tranche, name="tranche"),
    path("report/<str:ref>/", reports.report, name="report"),
    path("report/<str:ref>/edit/", reports.edit, name="edit_report"),
    path("report/<str:ref>/people/<int:pk>/", reports.people, name="people"),
    path("report/<str:ref>/costs/add/", reports.cost, name="add_cost"),
    path("report/<str:ref>/costs/<int:pk>/", reports.cost, name="cost"),
    path("report/<str:ref>/costs/<int:pk>/remove/", reports.remove_cost, name="remove_cost"),
    path("visit/<str:ref>/", monitoring.visit, name="visit"),
    path("visit/<str:ref>/edit/", monitoring.edit_visit, name="edit_visit"),
    path("visit/<str:ref>/findings/add/", monitoring.add_finding, name="add_finding"),
    path("finding/<str:ref>/", monitoring.finding, name="finding"),
    path("evaluation/<str:ref>/", monitoring.evaluation, name="evaluation"),
    path("evaluation/<str:ref>/edit/", monitoring.edit_evaluation, name="edit_evaluation"),
    path("<str:ref>/", agreements.agreement, name="agreement"),
    path("<str:ref>/edit/", drafts.edit, name="edit"),
    path("<str:ref>/results/", drafts.results, name="results"),
    path("<str:ref>/funding/", drafts.funding, name="funding"),
    path("<str:ref>/reports/", drafts.reports, name="reports"),
    path("<str:ref>/tranches/", drafts.tranches, name="tranches"),
    path("<str:ref>/money/", drafts.money, name="money"),
    path("<str:ref>/visits/plan/", monitoring.plan, name="plan_visit"),
    path("<str:ref>/evaluate/", monitoring.evaluate, name="evaluate"),
]
