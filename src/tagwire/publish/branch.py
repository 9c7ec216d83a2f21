"""A branch of a git repository, as GitHub, GitLab and Codeberg serve it.

A commit is made from the site's files without a working tree; nothing of the owner's own branch or index is touched.
It is pushed without force: if somebody else pushed meanwhile, git refuses, and the next publish builds upon that.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from tagwire.publish import program
from tagwire.publish.changes import RECORD, read, spelt
from tagwire.publish.target import foreign, refused

if TYPE_CHECKING:
    from tagwire.publish.changes import Changes
    from tagwire.publish.target import Place, Site

_NOBODY = "0" * 40
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


class Branch:
    """`git:BRANCH` of the remote `origin`, or `git:REMOTE#BRANCH`."""

    def __init__(self, to: str, place: Place) -> None:
        remote, _, branch = to.removeprefix("git:").rpartition("#")
        self.remote, self.branch = remote or "origin", branch
        self.name, self.place = to, place
        self.git = program.find("git", "install git")
        self.tip = ""

    def before(self, site: Site) -> dict[str, str]:
        """As the branch's last commit records it."""
        del site
        if self._run("branch", "--show-current").strip() == self.branch and self.remote == "origin":
            raise refused(self.name, "this is the branch that you work on", 'take another one: `to = "git:gh-pages"`')
        self.tip = self._fetch()
        if not self.tip:
            return {}
        paths = self._run("ls-tree", "-r", "-z", "--name-only", self.tip).split("\0")
        if RECORD not in paths:
            if any(paths) and not self.place.adopt:
                raise foreign(self.name, f"`{paths[0]}`")
            return {}
        there = set(paths)
        record = read(self._run("show", f"{self.tip}:{RECORD}").encode())
        return {path: digest for path, digest in record.items() if path in there}

    def read(self, path: str) -> bytes:
        """Of the branch's last commit."""
        return self._output("show", f"{self.tip}:{path}")

    def _fetch(self) -> str:
        """The branch's last commit; empty where there is no branch yet."""
        listed = self._run("ls-remote", self.remote, f"refs/heads/{self.branch}").split()
        if not listed:
            return ""
        self._run("fetch", "--quiet", "--no-tags", self.remote, f"+refs/heads/{self.branch}:{self._ours()}")
        return self._run("rev-parse", self._ours()).strip()

    def _ours(self) -> str:
        return f"refs/tagwire/{self.branch}"

    def apply(self, site: Site, before: dict[str, str], changes: Changes) -> None:
        """One commit."""
        index = self.place.work / "publish-index"
        index.unlink(missing_ok=True)
        lines = [f"0 {_NOBODY}\t{path}" for path in (*changes.gone, RECORD) if path in before or path == RECORD]
        files = "\n".join(str(site.folder / path) for path in changes.sent).encode()
        blobs = self._run("hash-object", "-w", "--no-filters", "--stdin-paths", data=files).split()
        record = self._run("hash-object", "-w", "--stdin", data=spelt(site.files)).strip()
        pairs = [*zip(changes.sent, blobs, strict=True), (RECORD, record)]
        lines += [f"100644 {blob}\t{path}" for path, blob in pairs]
        if self.tip:
            self._run("read-tree", self.tip, index=str(index))
        self._run("update-index", "-z", "--index-info", data="\0".join([*lines, ""]).encode(), index=str(index))
        tree = self._run("write-tree", index=str(index)).strip()
        index.unlink(missing_ok=True)
        self._push(tree, "Publish")

    def _push(self, tree: str, message: str) -> None:
        parent = ("-p", self.tip) if self.tip else ()
        commit = self._run("commit-tree", tree, *parent, "-m", message).strip()
        self._run("push", "--quiet", "--no-verify", self.remote, f"{commit}:refs/heads/{self.branch}")
        self._run("update-ref", self._ours(), commit)

    def rollback(self) -> None:
        """The tree of the commit before, as a new commit: history only grows."""
        self.tip = self._fetch()
        try:
            parent = self._run("rev-parse", "--verify", "--quiet", f"{self.tip}^") if self.tip else ""
        except Exception as error:
            raise refused(self.name, "there is nothing before this to go back to", "publish again instead") from error
        if not parent:
            raise refused(self.name, "there is nothing before this to go back to", "publish again instead")
        self._push(self._run("rev-parse", f"{self.tip}^^{{tree}}").strip(), "Roll back")

    def _run(self, *arguments: str, data: bytes = b"", index: str = "") -> str:
        return self._output(*arguments, data=data, index=index).decode(errors="surrogateescape")

    def _output(self, *arguments: str, data: bytes = b"", index: str = "") -> bytes:
        environment = {**_QUIET, **({"GIT_INDEX_FILE": index} if index else {})}
        environment.setdefault("GIT_SSH_COMMAND", os.environ.get("GIT_SSH_COMMAND", "ssh -oBatchMode=yes"))
        who = ("-c", "user.name=Tagwire", "-c", "user.email=tagwire@localhost") if "commit-tree" in arguments else ()
        try:
            return program.run([self.git, *who, *arguments], self.place, self.place.root, data, environment)
        except program.Failed as failed:
            reason = _reason(failed)
            raise refused(self.name, f"git says: {reason}", _hint(reason, self.remote)) from failed


def _reason(failed: program.Failed) -> str:
    """What the other side says of a push, if it says anything; git's own last line tells only that it failed."""
    remote = [line.removeprefix("remote:").strip() for line in failed.lines if line.startswith("remote:")]
    verdict = [line.strip(" !") for line in failed.lines if line.startswith(" ! [")]
    return "; ".join([*filter(None, remote[:_TOLD]), *verdict[:1]]) or _fatal(failed.lines) or failed.said


def _fatal(lines: list[str]) -> str:
    """Git's own complaint, behind that of ssh; advice in several lines comes after it."""
    ends = next((at for at, line in enumerate(lines) if line.startswith("fatal:")), None)
    return "" if ends is None else "; ".join(filter(None, map(str.strip, lines[max(ends - 1, 0) : ends + 1])))


def _hint(reason: str, remote: str) -> str:
    """What to do next. Who has no repository yet gets the commands: such people seldom know git."""
    if "not a git repository" in reason:
        return f"in the site's folder: `git init`, then `git remote add {remote} ADDRESS`: a repository at your host"
    if f"'{remote}' does not appear to be a git repository" in reason:
        return f"`git remote add {remote} ADDRESS`, with the address of a repository at your host"
    if re.search(r"could not read (?:Username|Password)|Authentication failed|Permission denied|error: 403", reason):
        return f"git must get in without a question: try `git ls-remote {remote}`, then set up a key or a token"
    if re.search(r"not appear to be|[Rr]epository.* not found|not resolve|connect to host|unable to access", reason):
        return f"look at the address: `git remote -v`; to change it: `git remote set-url {remote} ADDRESS`"
    return "mend it, then publish again: it goes on from what lies there"


_TOLD = 6
"""Lines of what a host says: some go on with advertisements."""
