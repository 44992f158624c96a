/* Links that join another lab's: finding it, once all labs were read. */
#pragma once

#include "render/lab/lab.h"

/* Gives each joined link of the labs what the link has that it joins, and each LAN that is joined the spokes for it.
 * One that joins what is not there, or asks for what its driver cannot do, makes its lab invalid; so does one that joins
 * a link which itself joins another. `labs` are by namespace and name, and the links have their VNIs. Only in a
 * `complete` set is what is not found known to be missing. */
void joins_resolve(struct arena *arena, struct lab **labs, size_t count, bool complete,
		   struct diagnostics *diagnostics);

/* Gives the ends of joined links the VLAN of the link, unless they named one. */
void join_ends_settle(struct lab *lab);
