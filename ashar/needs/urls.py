"""Addresses of needs, studies and gatherings."""

from __future__ import annotations

from django.urls import path

from ashar.needs.views import answers, gatherings, meeting, needs, sessions, studies

app_name = "needs"
urlpatterns = [
    path("", needs.need_list, name="needs"),
    path("studies/", studies.study_list, name="studies"),
    path("studies/new/", studies.new_study, name="new_study"),
    path("studies/<str:ref>/", studies.study, name="study"),
    path("studies/<str:ref>/plan/", studies.edit_study, name="edit_study"),
    path("studies/<str:ref>/answers/", answers.grouping, name="grouping"),
    path("studies/<str:ref>/sessions/new/", sessions.new_session, name="new_session"),
    path("studies/<str:ref>/gatherings/new/", gatherings.new_gathering, name="new_gathering"),
    path("sessions/<str:ref>/", sessions.edit_session, name="session"),
    path("sessions/<str:ref>/remove/", sessions.delete_session, name="delete_session"),
    path("gatherings/", gatherings.gathering_list, name="gatherings"),
    path("gatherings/<str:ref>/", gatherings.gathering, name="gathering"),
    path("gatherings/<str:ref>/plan/", gatherings.edit_gathering, name="edit_gathering"),
    path("gatherings/<str:ref>/attendance/", meeting.attendance, name="attendance"),
    path("gatherings/<str:ref>/proposals/", meeting.suggestions, name="suggestions"),
    path("gatherings/<str:ref>/votes/", meeting.votes, name="votes"),
    path("gatherings/<str:ref>/votes.csv", gatherings.vote_file, name="vote_file"),
    path("gatherings/<str:ref>/minutes/", meeting.minutes, name="minutes"),
    path("<str:ref>/", needs.need, name="need"),
    path("<str:ref>/outcome/", needs.outcome, name="outcome"),
    path("<str:ref>/remove/", answers.delete_need, name="delete_need"),
]
