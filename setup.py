"""Puts the user manual beside the other resources of a build; everything else stands in setup.cfg."""

from __future__ import annotations

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

MANUAL = Path("docs", "manual")


class BuildWithManual(build_py):
    """``docs/manual`` becomes ``resources/manual`` of the build: one copy in the source, no symbolic links."""

    def run(self) -> None:
        """Build the packages, then copy the pages; an editable install reads them where they are."""
        super().run()
        if not self.editable_mode:
            for page, target in self._pages().items():
                self.mkpath(str(target.parent))
                self.copy_file(str(page), str(target))

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """Every file the build leaves."""
        return super().get_outputs(include_bytecode) + [str(target) for target in self._pages().values()]

    def get_source_files(self) -> list[str]:
        """Every file a source archive needs."""
        return super().get_source_files() + [str(page) for page in self._pages()]

    def _pages(self) -> dict[Path, Path]:
        place = Path(self.build_lib or "", "resources", "manual")
        return {page: place / page.name for page in sorted(MANUAL.glob("*.md"))}


setup(cmdclass={"build_py": BuildWithManual})
