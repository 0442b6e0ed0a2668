"""The application as the server calls it."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from ashar.server.patience import Patient
from ashar.server.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

end_with_parent()
_site = get_wsgi_application()
# What a whole request may weigh: all files of one form, and its words.
application = Patient(
    _site, largest=settings.REQUEST_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
)
