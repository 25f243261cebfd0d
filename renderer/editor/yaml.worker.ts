/** The YAML language server. A file of our own, because a worker's address must be one that the build knows. */
import "monaco-yaml/yaml.worker.js";
