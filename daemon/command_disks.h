/* `labsync disks`: the disks that labs left behind, to look at and to delete. */
#pragma once

int command_disks(int argc, char **argv);
