/* What a way of writing VMs is to labsync: its documents' tables, and a
 * translation of each document into a part of a Lab. No dialect knows how
 * KubeVirt's objects look: what it makes is read like any Lab that a person
 * wrote, with the same checks.
 *
 * A further dialect is a file or folder here and a row in registry.c. */
#pragma once

#include "render/dialects/facts.h"
#include "render/lab/reader.h"

struct translation;

/* A kind of document. */
struct dialect_kind {
	const char *name; /* "VirtualDisk" */
	const struct value_type *type; /* the whole document: what `labsync explain` shows */
	bool is_fact; /* others look into it, so that it is kept; that a document is there is known of every kind */
	bool of_cluster; /* has no namespace */
	/* A document alters others, which do not name it: while one may be in what cannot be read, nothing is changed. */
	bool alters_others;
	/* Notes the names that it says, by which others look for it with facts_next_saying(): one that says any is kept, too.
	 * NULL: nobody does. */
	void (*say_names)(const struct fact *document, struct facts *facts);
	/* Adds to translation->lab what the document means. NULL: it means nothing by itself. What is wrong goes to
	 * translation->reader; after an error, what was added is not rendered. */
	void (*translate)(struct translation *translation, const struct fact *document);
	/* Of a fact without translation: tells what is wrong with it, where it stands. NULL: nothing can be. */
	void (*check)(struct reader *reader, const struct fact *document);
	const char *description; /* a sentence, for `labsync explain` */
};

struct dialect {
	const char *name; /* as `labsync convert --from` has it: "deckhouse" */
	const char *title; /* for people: "Deckhouse Virtualization" */
	/* The API versions that its documents have, "" for those that have none; ends with NULL. */
	const char *const *versions;
	const struct dialect_kind *kinds; /* ends with a row without name */
	/* Whether the kind goes with the version; one of another dialect may then have it. NULL: each kind goes with each. */
	bool (*kind_is_ours)(const char *version, const char *kind);
	/* metadata of a document that has none of Kubernetes' form: a mapping with name, namespace and the like, in the
	 * arena; NULL when the document has it. NULL: all have. */
	const struct yaml_node *(*metadata)(struct arena *arena, const struct yaml_node *root);
	/* What to do instead of a kind that is not among them; NULL: nothing special. In the reader's arena. */
	const char *(*kind_advice)(struct reader *reader, const char *version, const char *kind);
	/* Further kinds by which a document without a version is known to be of the dialect, to refuse it as such; ends with
	 * NULL. NULL: none. */
	const char *const *refused_kinds;
};
