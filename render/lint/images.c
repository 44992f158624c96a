/* Rules about images. */
#include <string.h>
#include <strings.h>

#include "base/quantity.h"
#include "base/text.h"
#include "render/lab/machine_images.h"
#include "render/lab/pod_fields.h"
#include "render/lab/srl_fields.h"
#include "render/lab/vm_fields.h"
#include "render/lint/rules.h"

#define REGISTRY_SCHEME "docker://"

static void vm_images(struct lint *lint, const struct lab_vm *vm,
		      void (*each)(struct lint *lint, const struct lint_image *image))
{
	if (vm->image)
		each(lint, &(struct lint_image){
				   .image = vm->image,
				   .checksum = vm->checksum,
				   .disk_size = vm->disk_size,
				   .place = object_place(&vm_type, vm, offsetof(struct lab_vm, image)),
			   });
	for (size_t i = 0; vm->disks && i < vm->disks->count; i++) {
		const struct lab_disk *disk = vm->disks->items[i];

		if (disk->image)
			each(lint, &(struct lint_image){ .image = disk->image,
							 .checksum = disk->checksum,
							 .place = &vm->disks->places[i] });
	}
}

static void machine_images(struct lint *lint, const struct lab *lab, const struct lab_machine *machine,
			   void (*each)(struct lint *lint, const struct lint_image *image))
{
	struct machine_image found;

	for (size_t i = 0; machine_image_find(machine, i, &found); i++) {
		struct place place = { lab->path, found.line, found.column };

		each(lint, &(struct lint_image){ .image = found.image, .checksum = found.checksum, .place = &place });
	}
}

static void node_images(struct lint *lint, const struct lab *lab, const struct lab_node *node,
			void (*each)(struct lint *lint, const struct lint_image *image))
{
	switch (node->type) {
	case NODE_VM:
		vm_images(lint, node->vm, each);
		break;
	case NODE_POD:
		each(lint, &(struct lint_image){
				   .image = node->pod->image,
				   .place = object_place(&pod_type, node->pod, offsetof(struct lab_pod, image)) });
		break;
	case NODE_SRL:
		/* The built-in image is labsync's own choice, and pinned. */
		if (object_origin(&srl_type, node->srl, offsetof(struct lab_srl, image)))
			each(lint, &(struct lint_image){ .image = node->srl->image,
							 .place = object_place(&srl_type, node->srl,
									       offsetof(struct lab_srl, image)) });
		break;
	case NODE_MACHINE:
		machine_images(lint, lab, node->machine, each);
		break;
	}
}

void lint_images_each(struct lint *lint, const struct lab *lab,
		      void (*each)(struct lint *lint, const struct lint_image *image))
{
	for (size_t i = 0; i < lab->node_count; i++)
		node_images(lint, lab, &lab->nodes[i], each);
}

static bool is_web_image(const char *image)
{
	return text_starts_with(image, "http://") || text_starts_with(image, "https://");
}

/* A part of the path that is no version: "/latest/", "-current.qcow2". */
static bool has_word(const char *path, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = path; (at = strcasestr(at, word)) != NULL; at += length)
		if ((at == path || strchr("/-_.", at[-1])) && (at[length] == '\0' || strchr("/-_.?", at[length])))
			return true;
	return false;
}

static const char *const moving[] = { "latest", "current", "daily", "nightly", "edge", NULL };

static void unpinned_web_check(struct lint *lint, const struct lint_image *image)
{
	for (const char *const *word = moving; *word; word++)
		if (image->checksum == NULL && has_word(image->image, *word)) {
			lint_tell(lint, image->place,
				  "the address of the image says \"%s\", so that what it gives changes; use that of "
				  "one release",
				  *word);
			return;
		}
}

static void unpinned_check(struct lint *lint, const struct lint_image *image)
{
	const char *reference = image->image, *slash, *tag;

	if (is_web_image(reference)) {
		unpinned_web_check(lint, image);
		return;
	}
	if (text_starts_with(reference, REGISTRY_SCHEME))
		reference += strlen(REGISTRY_SCHEME);
	if (strchr(reference, '@'))
		return;
	slash = strrchr(reference, '/');
	tag = strchr(slash ? slash : reference, ':');
	if (tag == NULL)
		lint_tell(lint, image->place,
			  "the image has no tag, which means \"latest\"; add the tag of one release, or a digest");
	for (const char *const *word = moving; tag && *word; word++)
		if (text_equal(tag + 1, *word))
			lint_tell(
				lint, image->place,
				"the image has the tag \"%s\", which moves; use the tag of one release, or a digest",
				*word);
}

void lint_unpinned_image(struct lint *lint, const struct lab *lab)
{
	lint_images_each(lint, lab, unpinned_check);
}

static void checksum_check(struct lint *lint, const struct lint_image *image)
{
	if (is_web_image(image->image) && image->checksum == NULL)
		lint_tell(lint, image->place,
			  "the image is downloaded without a checksum; add checksum: sha256:... beside it");
}

void lint_no_checksum(struct lint *lint, const struct lab *lab)
{
	lint_images_each(lint, lab, checksum_check);
}

static void http_check(struct lint *lint, const struct lint_image *image)
{
	if (text_starts_with(image->image, "http://") && image->checksum == NULL)
		lint_tell(lint, image->place,
			  "the image is downloaded over http://, where anybody on the way can replace it; use "
			  "https://, or add a checksum");
}

void lint_http_image(struct lint *lint, const struct lab *lab)
{
	lint_images_each(lint, lab, http_check);
}

/* How large the disks in the distributions' cloud images are, at least, in GiB:
 * CDI refuses an image that is larger than its volume. */
static const struct known_image {
	const char *word;
	int64_t size;
} known_images[] = {
	{ "ubuntu", 2 }, { "debian", 2 },    { "fedora", 4 }, { "centos", 8 },
	{ "rocky", 8 },  { "almalinux", 8 }, { "rhel", 8 },   { "opensuse", 1 },
};

static void size_check(struct lint *lint, const struct lint_image *image)
{
	const int64_t gibibyte = 1024LL * 1024 * 1024 * 1000; /* in thousandths, as quantities are */
	int64_t size;

	if (image->disk_size == NULL || !quantity_parse(image->disk_size, &size))
		return;
	for (size_t i = 0; i < sizeof(known_images) / sizeof(known_images[0]); i++) {
		const struct known_image *known = &known_images[i];

		if (strcasestr(image->image, known->word) == NULL || size >= known->size * gibibyte)
			continue;
		lint_tell(lint, image->place,
			  "diskSize %s is smaller than an image of %s, so that the import will fail; use %lldGi or "
			  "more",
			  image->disk_size, known->word, (long long)known->size);
		return;
	}
}

void lint_small_disk(struct lint *lint, const struct lab *lab)
{
	lint_images_each(lint, lab, size_check);
}
