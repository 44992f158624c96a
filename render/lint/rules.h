/* The rules' own functions, each with its row in lint.c, and how they tell what
 * they found. */
#pragma once

#include "render/lint/lint.h"

void lint_tell(struct lint *lint, const struct place *place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* An image, wherever one is given. */
struct lint_image {
	const char *image;
	const char *checksum; /* NULL: none */
	const char *disk_size; /* of a VM's root disk; NULL otherwise */
	const struct place *place;
};

/* Calls `each` for the images of the lab's nodes and their disks. */
void lint_images_each(struct lint *lint, const struct lab *lab,
		      void (*each)(struct lint *lint, const struct lint_image *image));

/* Where a node is defined. */
struct place lint_node_place(const struct lab *lab, const struct lab_node *node);
struct place lint_interface_place(const struct lab *lab, const struct lab_interface *interface);

/* The lab itself. */
void lint_expired(struct lint *lint, const struct lab *lab);

/* Passwords. */
void lint_default_password(struct lint *lint, const struct lab *lab);
void lint_weak_password(struct lint *lint, const struct lab *lab);
void lint_plain_password(struct lint *lint, const struct lab *lab);
void lint_plain_secret(struct lint *lint, const struct lab *lab);

/* Images. */
void lint_unpinned_image(struct lint *lint, const struct lab *lab);
void lint_no_checksum(struct lint *lint, const struct lab *lab);
void lint_http_image(struct lint *lint, const struct lab *lab);
void lint_small_disk(struct lint *lint, const struct lab *lab);

/* Windows. */
void lint_windows_name(struct lint *lint, const struct lab *lab);

/* Pods. */
void lint_privileged_pod(struct lint *lint, const struct lab *lab);
void lint_pod_without_command(struct lint *lint, const struct lab *lab);

/* Links. */
void lint_unlinked_node(struct lint *lint, const struct lab *lab);
void lint_unaddressed_end(struct lint *lint, const struct lab *lab);
void lint_no_common_family(struct lint *lint, const struct lab *lab);
void lint_same_subnet(struct lint *lint, const struct lab *lab);
void lint_two_gateways(struct lint *lint, const struct lab *lab);

/* Networks that labs share. */
void lint_shared_address(struct lint *lint, const struct lab_set *set);
