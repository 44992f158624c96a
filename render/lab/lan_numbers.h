/* The VXLAN network identifiers of links of driver k8slan. Workers tell networks
 * apart by nothing else, so that each is one link's alone in the whole cluster. */
#pragma once

#include "render/lab/lab.h"

/* Below are KNL's own, which it gives from 1 on. */
enum { LAN_NUMBER_FIRST = 1048576, LAN_NUMBER_LAST = 16777215 };

/* Gives every link of driver k8slan of the labs its VNI, always the same for the
 * same names: those that are pinned first, then the others by a hash of their
 * names. A lab without what k8slan needs to know of the workers, two links with
 * one pinned VNI, and two whose LANs have one name in different namespaces
 * (k8slan finds its own by the name alone) make their labs invalid. */
void lan_numbers_assign(struct lab **labs, size_t count, struct diagnostics *diagnostics);

/* The same with other bounds for those that are not pinned; both are among them. */
void lan_numbers_assign_between(struct lab **labs, size_t count, int64_t first, int64_t last,
				struct diagnostics *diagnostics);
