/* What a node's links are made of, as one digest on the template of its VM or
 * pod. An attachment or a LAN keeps its name when it changes, and whoever is
 * plugged in stays in what was there before; so a change of a link is by this a
 * change of the node too: its pod is made anew, its VM takes a restart. */
#pragma once

#include <jansson.h>

#include "base/digest.h"
#include "render/lab/lab.h"

#define ANNOTATION_LINKS_DIGEST "labsync.dev/links-digest"

/* `links` has an array for each of the lab's links, of the objects that it needs;
 * `own`, which may be NULL, has the node's own among others. Returns `text`; NULL
 * when nothing that the node is plugged into is ours. */
const char *link_digest(const struct lab *lab, const struct lab_node *node, const json_t *links, const json_t *own,
			char text[SHA256_TEXT_SIZE]);
