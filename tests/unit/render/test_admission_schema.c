#include "../suite.h"
#include "admission_check.h"
#include "tests/unit/render/crd_schema.h"

static const char schema_text[] =
	"type: object\n"
	"required: [spec]\n"
	"properties:\n"
	"  apiVersion: {type: string}\n"
	"  kind: {type: string}\n"
	"  metadata: {type: object}\n"
	"  spec:\n"
	"    type: object\n"
	"    required: [image, mode]\n"
	"    properties:\n"
	"      image: {type: string, minLength: 1, maxLength: 5}\n"
	"      mode: {type: string, default: fast, enum: [fast, slow]}\n"
	"      size: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}\n"
	"      count: {type: integer, minimum: 1, maximum: 9}\n"
	"      share: {type: number}\n"
	"      flag: {type: boolean}\n"
	"      empty: {type: object}\n"
	"      none: {type: string, nullable: true}\n"
	"      anything: {type: object, x-kubernetes-preserve-unknown-fields: true}\n"
	"      labels: {type: object, additionalProperties: {type: string}}\n"
	"      ports:\n"
	"        type: array\n"
	"        maxItems: 2\n"
	"        items: {type: object, properties: {port: {type: integer}}}\n";

static const struct admission_case cases[] = {
	{ "all is known",
	  "{apiVersion: a, kind: B, metadata: {name: c}, spec: {image: a, mode: slow, size: 1, share: 1, flag: "
	  "true}}",
	  "" },
	{ "a misspelt field", "{spec: {imgae: a, image: a}}",
	  "spec.imgae: no field is named \"imgae\" here; did you mean image?" },
	{ "an unknown field", "{spec: {image: a}, extra: 1}", "extra: no field is named \"extra\" here; drop it" },
	{ "a field in a mapping that has none", "{spec: {image: a, empty: {a: 1}}}",
	  "spec.empty.a: no field is named \"a\" here; drop it" },
	{ "fields that are kept", "{spec: {image: a, anything: {a: {b: [1]}}}}", "" },
	{ "labels", "{spec: {image: a, labels: {a: b, c: 1}}}", "spec.labels.c: this is not text; write text" },
	{ "a list of mappings", "{spec: {image: a, ports: [{port: 1}, {prot: 1}]}}",
	  "spec.ports[1].prot: no field is named \"prot\" here; did you mean port?" },
	{ "a long list", "{spec: {image: a, ports: [{}, {}, {}]}}",
	  "spec.ports: 3 items are too many; use at most 2" },
	{ "a mapping for a list", "{spec: {image: a, ports: {port: 1}}}",
	  "spec.ports: this is not a list; write a list" },
	{ "what is required", "{spec: {}}", "spec.image: image is missing; give it" },
	{ "no spec", "{}", "spec: spec is missing; give it" },
	{ "a value that is not listed", "{spec: {image: a, mode: quick}}",
	  "spec.mode: this is none of the values that are known; use one of [\"fast\",\"slow\"]" },
	{ "long text", "{spec: {image: abcdef}}", "spec.image: 6 characters are too many; use at most 5" },
	{ "five characters of more bytes", "{spec: {image: \303\244\303\244\303\244\303\244\303\244}}", "" },
	{ "short text", "{spec: {image: ''}}", "spec.image: 0 characters are too few; use at least 1" },
	{ "numbers out of range", "{spec: {image: a, count: 10}}", "spec.count: 10 is too large; use at most 9" },
	{ "a small number", "{spec: {image: a, count: 0}}", "spec.count: 0 is too small; use at least 1" },
	{ "a fraction", "{spec: {image: a, count: 1.5}}",
	  "spec.count: this is not a whole number; write a whole number" },
	{ "text for a boolean", "{spec: {image: a, flag: 'yes'}}",
	  "spec.flag: this is not true or false; write true or false" },
	{ "a fraction for a quantity", "{spec: {image: a, size: 0.5}}",
	  "spec.size: this is neither text nor a whole number; quote it" },
	{ "null", "{spec: {image: a, none: null, mode: null, flag: null}}",
	  "spec.flag: this is null; write true or false or drop it" },
};

START_TEST(small_schema)
{
	cleanup(json) json_t *schema = admission_json_new(schema_text);

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(json) json_t *object = admission_json_new(cases[i].overlay);
		cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;
		cleanup(free) char *text = NULL;

		crd_schema_check(object, schema, &findings);
		text = admission_text(&findings);
		ck_assert_msg(strcmp(text, cases[i].expected) == 0, "%s:\nexpected %s\ngot      %s", cases[i].name,
			      cases[i].expected, text);
	}
}
END_TEST

/* A schema from a server is as little trusted as the object. */
START_TEST(odd_schemas)
{
	static const char *const schemas[] = {
		"7",
		"[]",
		"{type: [a]}",
		"{type: object, required: 7, properties: []}",
		"{type: object, required: [7, null], properties: {spec: 7}, additionalProperties: 7}",
		"{properties: {spec: {enum: [], items: 7, maxItems: x, minimum: x, default: null}}}",
	};
	cleanup(json) json_t *object = admission_json_new("{spec: {a: [1, b, null]}, other: 1.5}");

	for (size_t i = 0; i < ARRAY_SIZE(schemas); i++) {
		cleanup(json) json_t *schema = admission_json_new(schemas[i]);
		cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;

		crd_schema_check(object, schema, &findings);
		ck_assert_uint_le(findings.count, 4);
	}
}
END_TEST

START_TEST(depth)
{
	cleanup(json) json_t *object = json_object();
	cleanup(json) json_t *schema = json_object();
	cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;
	json_t *inner = object, *inner_schema = schema;

	for (int i = 0; i < 1000; i++) {
		inner = json_object_member(inner, "a");
		inner_schema = json_object_member(inner_schema, "additionalProperties");
	}
	crd_schema_check(object, schema, &findings);
	ck_assert_uint_eq(findings.count, 1);
	ck_assert_str_eq(findings.items[0].message, "this is nested too deeply; no Kubernetes object is");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { small_schema, odd_schemas, depth };

	return suite_run("render/admission_schema", tests, ARRAY_SIZE(tests));
}
