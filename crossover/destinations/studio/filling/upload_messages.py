"""What the page says of files that it was given, and the errors for it."""

from __future__ import annotations

from crossover.destinations.studio.contract.contract import FileState
from crossover.destinations.studio.filling.form_page import FormPage
from crossover.errors import RetryLater
from crossover.text import one_line


class UploadFailed(Exception):
    """The page says that a file did not go through. Trying once more may help. `network`: it says
    that the network is the reason."""

    def __init__(self, said: str, *, network: bool) -> None:
        super().__init__(said)
        self.said, self.network = said, network


def read_refusal(form: FormPage) -> str:
    """Read the message that shows for some seconds, empty where none does."""
    toast = form.find("toast")
    return one_line(toast.last.inner_text()) if toast else ""


def says(form: FormPage, said: str, state: FileState) -> bool:
    """Whether these words of the page tell that state."""
    return any(word.casefold() in said.casefold() for word in form.contract.states[state])


def says_network(form: FormPage, said: str) -> bool:
    """Whether the page says that the network is the reason."""
    return says(form, said, FileState.NETWORK)


def standstill() -> RetryLater:
    """Make the error for a file of which nothing is heard any more."""
    return RetryLater(
        "RedNote's page stands still at a file, and says nothing.",
        next="Look at the window. The same command fills the note in anew.",
    )
