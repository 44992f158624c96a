#include "render/dialects/deckhouse/macs.h"

#include "render/lab/address.h"
#include "render/lab/values.h"

static const void *address_read(struct reader *reader, const struct yaml_pair *pair)
{
	uint8_t mac[MAC_ADDRESS_SIZE];

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!mac_parse(pair->value->text, mac) || (mac[0] & 1))
		return reader_refuse(reader, pair->value,
				     "address %s is no MAC address of an interface; write it like 02:00:00:aa:bb:01",
				     reader_quote(reader, pair->value->text));
	return pair->value->text;
}

static const struct field mac_fields[] = {
	{ "address", address_read, offsetof(struct mac_spec, address), &text_type,
	  "The MAC address, which labsync does not make up: it must be said.", .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

const struct value_type mac_spec_type = {
	.name = "DeckhouseMACAddress",
	.shape = VALUE_OBJECT,
	.fields = mac_fields,
	.size = sizeof(struct mac_spec),
};

void mac_check(struct reader *reader, const struct fact *document)
{
	deckhouse_read(reader, document, &mac_spec_type);
}

const struct yaml_node *mac_find(struct translation *translation, const struct yaml_node *at)
{
	const void *spec = NULL;

	if (!deckhouse_find(translation, DECKHOUSE_MAC, at, at->text, &mac_spec_type,
			    "add it, or remove virtualMachineMACAddressName", &spec))
		return NULL;
	return tree_text(translation->reader->arena, at, ((const struct mac_spec *)spec)->address);
}
