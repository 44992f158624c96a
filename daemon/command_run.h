/* `labsync run`: the daemon. */
#pragma once

int command_run(int argc, char **argv);
