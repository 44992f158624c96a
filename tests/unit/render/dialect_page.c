#include "tests/unit/render/dialect_page.h"

#include <string.h>

#include "base/text.h"
#include "tests/unit/render/dialect_cases.h"

static const struct {
	const char *name, *title, *introduction;
} parts[] = {
	{ "knl", "KNL", "`Lab` of knl.kubenetlab.net/v1beta1, and what KNL's operator makes of it." },
	{ "kubevirt", "KubeVirt",
	  "kubevirt.io/v1, CDI, instancetypes and plain Kubernetes objects, as Kubermatic Virtualization documents "
	  "them." },
	{ "deckhouse", "Deckhouse Virtualization", "virtualization.deckhouse.io/v1alpha2." },
	{ "controlplane", "Control Plane", "Workloads of type `vm`, with volume sets and secrets." },
	{ "vmoperator", "VMware VM Operator",
	  "vmoperator.vmware.com/v1alpha3, and the spellings of v1alpha1, v1alpha2 and "
	  "v1alpha4." },
};

/* In a table, a bar would end the cell. */
static void cell_write(struct buffer *page, const char *text)
{
	for (; *text; text++) {
		if (*text == '|')
			buffer_append_char(page, '\\');
		buffer_append_char(page, *text == '\n' ? ' ' : *text);
	}
}

static void rows_write(struct buffer *page, const struct dialect_cases *cases)
{
	const char *last = NULL;

	buffer_append_text(page, "| Row | Feature | | What labsync does |\n|---|---|---|---|\n");
	for (size_t i = 0; i < cases->count; i++) {
		const struct dialect_case *at = &cases->items[i];

		/* The first case of a row speaks for it. */
		if (at->row == NULL || text_equal(at->row, last))
			continue;
		last = at->row;
		buffer_format(page, "| %s | ", at->row);
		cell_write(page, at->title);
		buffer_format(page, " | %s | ", at->verdict);
		cell_write(page, at->says);
		buffer_append_text(page, " |\n");
	}
}

void dialect_page_write(struct buffer *page)
{
	buffer_append_text(
		page,
		"# Five ways to write a VM\n"
		"\n"
		"labsync reads VMs as other systems write them, side by side with its own labs. This page says for "
		"each\n"
		"feature of each format what becomes of it. It is made of the test cases in `tests/dialects`, one or "
		"more\n"
		"for each row, so that it says what was seen to hold. `labsync explain` tells of each field, and\n"
		"`labsync convert --from FORMAT --to lab FILE` shows the lab that a file means.\n"
		"\n"
		"**R** rendered as it is, **T** rendered in KubeVirt's words, **S** done while it runs, **C** a "
		"matter of "
		"the\n"
		"cluster, **W** taken with a warning, **X** refused with what to do instead.\n");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct dialect_cases cases;

		dialect_cases_load(&cases, parts[i].name);
		buffer_format(page, "\n## %s\n\n%s\n\n", parts[i].title, parts[i].introduction);
		rows_write(page, &cases);
		dialect_cases_deinit(&cases);
	}
}
