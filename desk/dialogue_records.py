"""The records of one dialogue that a member of staff may see."""

from dataclasses import dataclass
from typing import Any

from contributions.models import Call, CallLetter, Contribution
from dialogues.models import Comment, Dialogue, NewsItem, Paper, Photograph, Quote, Statement, Summary


@dataclass(frozen=True)
class DialogueRecords:
    """The records of `dialogue` as far as `user` may see them. Every page of the workspace starts from these."""

    dialogue: Dialogue
    user: Any

    @property
    def calls(self) -> Any:
        """Its calls for contributions."""
        return Call.objects.visible_to(self.user).filter(dialogue=self.dialogue)

    @property
    def contributions(self) -> Any:
        """What was sent to its calls."""
        return Contribution.objects.submitted_for(self.user).filter(call__dialogue=self.dialogue)

    @property
    def letters(self) -> Any:
        """The letters to the filers of its calls, drafts included."""
        return CallLetter.objects.visible_to(self.user).filter(call__dialogue=self.dialogue)

    @property
    def summaries(self) -> Any:
        """All versions of its summary, in each language."""
        return Summary.objects.visible_to(self.user).filter(dialogue=self.dialogue)

    @property
    def papers(self) -> Any:
        """Its documents."""
        return Paper.objects.visible_to(self.user).filter(dialogue=self.dialogue)

    @property
    def statements(self) -> Any:
        """The statements from the floor."""
        return Statement.objects.visible_to(self.user).filter(dialogue=self.dialogue)

    @property
    def photographs(self) -> Any:
        """The photographs."""
        return Photograph.objects.visible_to(self.user).filter(dialogue=self.dialogue)

    @property
    def quotes(self) -> Any:
        """The quotes of those who appeared."""
        return Quote.objects.visible_to(self.user).filter(appearance__dialogue=self.dialogue)

    @property
    def news(self) -> Any:
        """The news items about it."""
        return NewsItem.objects.visible_to(self.user).filter(dialogues=self.dialogue)

    @property
    def comments(self) -> Any:
        """The comments on its drafts; none for users who may not view comments."""
        if not self.user.has_perm("dialogues.view_comment"):
            return Comment.objects.none()
        return Comment.objects.filter(dialogue=self.dialogue)
