# Tests that are text: `.mlir` for the tools, `.test` for anything else a shell can run.
import os
import lit.formats

config.name = "nnc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".nn"]
config.excludes = ["Inputs", "cases", "torch", "programs"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.build_directory, "test")

tools = os.path.join(config.build_directory, "bin")
config.environment["PATH"] = os.pathsep.join([tools, config.llvm_tools, os.environ["PATH"]])
config.substitutions += [("%nnc", os.path.join(tools, "nnc")), ("%python", config.python),
                         ("%libraries", os.path.join(config.build_directory, "lib"))]

# Real data lies where NN_DATA says; the tests that need it are skipped without it.
data = os.environ.get("NN_DATA", "")
config.substitutions.append(("%data", data))
if data:
    data = os.path.abspath(data)
    config.environment["NN_DATA"] = data
    for name in sorted(os.listdir(data)) if os.path.isdir(data) else []:
        config.available_features.add(name)
