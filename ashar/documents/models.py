"""Any paper or file: uploaded, or made from data."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ashar.documents.choices import PaperLanguage, Visibility
from ashar.journal.models import Watched


def random_name(_document: object, _file_name: str) -> str:
    """A name on the disk that tells nothing and cannot be guessed."""
    name = uuid4().hex
    return f"documents/{name[:2]}/{name}"


class Document(Watched):
    """One file with its title, digest and the answer to "who may read it"."""

    ref = models.CharField(_("reference"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=80)
    title_ky = models.CharField(_("title in Kyrgyz"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=PaperLanguage,
        default=PaperLanguage.UNKNOWN,
        blank=True,
    )
    file = models.FileField(_("file"), upload_to=random_name, max_length=120)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("type of the file"), max_length=100)
    visibility = models.CharField(
        _("who may read it"), max_length=10, choices=Visibility, default=Visibility.INTERNAL
    )
    made_from = models.JSONField(_("data it was made from"), null=True, blank=True)
    made_from_sha256 = models.CharField(_("digest of the data"), max_length=64, blank=True)
    template = models.CharField(_("template and its version"), max_length=100, blank=True)
    verification_code = models.CharField(_("verification code"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
    )
    created_by_name = models.CharField(_("made by, as written"), max_length=200, blank=True)

    class Meta:
        """Newest first; one code is shared by the files of one paper."""

        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("verification_code",), name="document_by_code"),)

    def __str__(self) -> str:
        return self.title_ky or self.title_ru or self.ref

    def get_absolute_url(self) -> str:
        """Where those who may read it fetch the file."""
        return reverse("documents:file", kwargs={"ref": self.ref})

    @property
    def is_generated(self) -> bool:
        """Whether the file was made here from data."""
        return self.made_from is not None

    @property
    def format_name(self) -> str:
        """The ending of the file's name, as people call its format: PDF, DOCX."""
        return self.file_name.rpartition(".")[2].upper()

    @property
    def form(self) -> str:
        """The kind of file in short: PDF, DOCX."""
        return self.file_name.rpartition(".")[2].upper()
