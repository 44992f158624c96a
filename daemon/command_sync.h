/* `labsync sync`: one pass over every source, then the end. */
#pragma once

/* Exit code: 0 every lab is Ready, 1 something is not, 2 usage. */
int command_sync(int argc, char **argv);
