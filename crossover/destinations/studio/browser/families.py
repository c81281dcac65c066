"""The browsers that crossover can work in, and where each lies, best first.

Sources: the makers' own packages and documents on policies, November 2026.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BrowserFamily:
    """One browser by its `name`. `commands` are its names on Linux, `flatpak` its id there; `mac` is
    its program in a folder of applications; `windows` lies in a folder of programs. `policies` are
    the folders of rules that an administrator sets on Linux, `domain` and `registry` where they
    stand on macOS and Windows."""

    name: str
    commands: tuple[str, ...]
    mac: str
    windows: str
    flatpak: str
    policies: tuple[str, ...]
    domain: str
    registry: str


FAMILIES = (
    BrowserFamily(
        name="Chrome",
        commands=("google-chrome", "google-chrome-stable", "chrome"),
        mac="Google Chrome.app/Contents/MacOS/Google Chrome",
        windows=r"Google\Chrome\Application\chrome.exe",
        flatpak="com.google.Chrome",
        policies=("/etc/opt/chrome/policies/managed",),
        domain="com.google.Chrome",
        registry=r"SOFTWARE\Policies\Google\Chrome",
    ),
    BrowserFamily(
        name="Edge",
        commands=("microsoft-edge", "microsoft-edge-stable"),
        mac="Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        windows=r"Microsoft\Edge\Application\msedge.exe",
        flatpak="com.microsoft.Edge",
        policies=("/etc/opt/edge/policies/managed",),
        domain="com.microsoft.Edge",
        registry=r"SOFTWARE\Policies\Microsoft\Edge",
    ),
    BrowserFamily(
        name="Chromium",
        commands=("chromium", "chromium-browser"),
        mac="Chromium.app/Contents/MacOS/Chromium",
        windows=r"Chromium\Application\chrome.exe",
        flatpak="org.chromium.Chromium",
        policies=("/etc/chromium/policies/managed", "/etc/chromium-browser/policies/managed"),
        domain="org.chromium.Chromium",
        registry=r"SOFTWARE\Policies\Chromium",
    ),
    BrowserFamily(
        name="Brave",
        commands=("brave-browser", "brave"),
        mac="Brave Browser.app/Contents/MacOS/Brave Browser",
        windows=r"BraveSoftware\Brave-Browser\Application\brave.exe",
        flatpak="com.brave.Browser",
        policies=("/etc/brave/policies/managed",),
        domain="com.brave.Browser",
        registry=r"SOFTWARE\Policies\BraveSoftware\Brave",
    ),
)
