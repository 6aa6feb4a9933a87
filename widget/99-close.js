// Closes the wrapper that 00-open.js began.
}());
