/* The name of the Lab that a file with documents of dialects becomes. It follows
 * from the file alone, so that what else is in the repository never renames it. */
#include "render/dialects/translate.h"

#include <ctype.h>
#include <string.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "base/text.h"
#include "render/lab/names.h"

enum { DIGEST_CHARACTERS = 8 };

/* Before a name that would not begin with a letter. */
#define FALLBACK "file"

static const char *below_root(const char *path, const char *root)
{
	size_t length = root ? strlen(root) : 0;

	if (length && strncmp(path, root, length) == 0 && path[length] == '/')
		path += length + 1;
	while (path[0] == '.' && path[1] == '/')
		path += 2;
	return path;
}

static size_t without_extension(const char *path)
{
	static const char *const extensions[] = { ".yaml", ".yml", ".json", NULL };

	for (size_t i = 0; extensions[i]; i++)
		if (text_ends_with(path, extensions[i]))
			return strlen(path) - strlen(extensions[i]);
	return strlen(path);
}

/* Letters and digits; whatever is between them becomes one "-". False when letters were left out that a name cannot have. */
static bool name_write(const char *text, size_t length, struct buffer *name)
{
	bool complete = true;

	for (size_t i = 0; i < length; i++) {
		unsigned char character = (unsigned char)text[i];

		complete = complete && character < 0x80;
		if (character < 0x80 && isalnum(character))
			buffer_append_char(name, (char)tolower(character));
		else if (name->length && name->data[name->length - 1] != '-')
			buffer_append_char(name, '-');
	}
	while (name->length && name->data[name->length - 1] == '-')
		name->length--;
	return complete;
}

/* A lab's name begins with a letter. */
static bool begins_well(const char *name, size_t length)
{
	return length && isalpha((unsigned char)*name);
}

/* A digest of the path stands for what the name leaves out, so that no other file's is the same. */
static const char *shortened(struct arena *arena, const char *path, const char *name, size_t length)
{
	size_t most = NAME_LENGTH_MAX - DIGEST_CHARACTERS - 1, kept = length < most ? length : most;
	char digest[SHA256_TEXT_SIZE];
	const char *end = name + length;

	/* The end of a path tells more than its beginning. */
	while (kept && !begins_well(end - kept, kept))
		kept--;
	sha256_text(path, strlen(path), digest);
	if (kept == 0)
		return arena_format(arena, FALLBACK "-%.*s", DIGEST_CHARACTERS, digest);
	return arena_format(arena, "%.*s-%.*s", (int)kept, end - kept, DIGEST_CHARACTERS, digest);
}

const char *translate_lab_name(struct arena *arena, const char *path, const char *root)
{
	cleanup(buffer) struct buffer written = BUFFER_INIT, name = BUFFER_INIT;
	const char *below = below_root(path, root);
	bool complete = name_write(below, without_extension(below), &written);

	if (!begins_well(buffer_text(&written), written.length))
		buffer_append_text(&name, written.length ? FALLBACK "-" : FALLBACK);
	buffer_append(&name, buffer_text(&written), written.length);
	if (complete && written.length && name.length <= NAME_LENGTH_MAX)
		return arena_copy(arena, buffer_text(&name), name.length);
	return shortened(arena, below, buffer_text(&name), name.length);
}
