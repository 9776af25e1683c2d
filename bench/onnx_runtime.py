"""ONNX Runtime from npm's package `onnxruntime-node`, in the build directory."""
import dataclasses
import json
import pathlib
import subprocess
import sys

PACKAGE = "onnxruntime-node@1"


@dataclasses.dataclass
class Runtime:
    package: pathlib.Path
    library: pathlib.Path
    timer: pathlib.Path  # through the C API of the package's library


def install(builder):
    root = builder.directory / "npm"
    package = root / "node_modules/onnxruntime-node"
    if not package.exists():
        root.mkdir(exist_ok=True)
        # Its script would only fetch libraries for graphics processors.
        subprocess.run(["npm", "install", "--prefix", root, "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", PACKAGE],
                       check=True, stdout=sys.stderr)
        version = json.loads((package / "package.json").read_text())["version"]
        print(f"bench: ONNX Runtime {version}", file=sys.stderr)
    libraries = sorted(package.glob("bin/*/linux/x64/libonnxruntime.so.1"))
    if not libraries:
        sys.exit(f"bench: {package} has no library for this machine")
    return Runtime(package, libraries[0], builder.build / "bin/ort-timer")
