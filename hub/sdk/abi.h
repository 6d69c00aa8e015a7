/* The C border between the hub and a connector plugin. Only this file decides binary compatibility.
 *
 * A plugin exports one symbol, lienthong_connector, of type lienthong_connector_api, and carries an ELF note
 * (name "Lienthong", type 1) holding abi and size, so that both can be judged before any of its code runs.
 * The first two fields never move. Bytes crossing the border have the form of hub/sdk/codec.hpp.
 */
#ifndef LIENTHONG_SDK_ABI_H
#define LIENTHONG_SDK_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Raised when anything here or in codec.hpp changes meaning or layout. */
#define LIENTHONG_ABI 6u
#define LIENTHONG_NO_NODE 0xFFFFFFFFu
#define LIENTHONG_OUT_OF_MEMORY 2

typedef struct {
    const char* data;
    size_t size;
} lienthong_bytes;

typedef enum {
    LIENTHONG_NODE_OBJECT = 0,
    LIENTHONG_NODE_ARRAY = 1,
    LIENTHONG_NODE_TEXT = 2,
    LIENTHONG_NODE_NUMBER = 3,
    LIENTHONG_NODE_BOOLEAN = 4,
    LIENTHONG_NODE_NULL = 5,
    LIENTHONG_NODE_ELEMENT = 6,
    LIENTHONG_NODE_ATTRIBUTE = 7,
    LIENTHONG_NODE_NONE = 255
} lienthong_node_kind;

/* How a plugin walks a document the host has parsed. Node 0 is the root. */
typedef struct {
    uint32_t (*first_child)(const void* tree, uint32_t node);
    uint32_t (*next)(const void* tree, uint32_t node);
    uint32_t (*kind)(const void* tree, uint32_t node);
    void (*name)(const void* tree, uint32_t node, lienthong_bytes* out);
    void (*text)(const void* tree, uint32_t node, lienthong_bytes* out);
    void (*source)(const void* tree, uint32_t node, lienthong_bytes* out);
} lienthong_tree_api;

/* Receives the bytes a call answers with. Called at most once in each call, before it returns. */
typedef void (*lienthong_emit)(void* context, const char* data, size_t size);

/* Nothing here may throw or unwind across the border. hub/sdk/plugin.hpp fills this in for a C++ class. */
typedef struct {
    uint32_t abi;  /* LIENTHONG_ABI as built */
    uint32_t size; /* sizeof(lienthong_connector_api) as built */
    /* Emits the encoded description: name, settings spec, called routes, what it speaks. 0 on success. */
    int32_t (*describe)(lienthong_emit emit, void* context);
    /* A machine for these encoded settings; NULL when they are refused, after emitting one sentence that says why. */
    void* (*open)(const char* settings, size_t size, lienthong_emit emit, void* context);
    /* One encoded event in. Emits the encoded step and returns 0, or emits one sentence and returns 1. Returns
     * LIENTHONG_OUT_OF_MEMORY when memory ran out: the process is then replaced.
     * tree is the document that came with the event, walked through api; it may be NULL. */
    int32_t (*handle)(void* machine, const char* event, size_t size, const lienthong_tree_api* api, const void* tree,
                      lienthong_emit emit, void* context);
    void (*close)(void* machine);
} lienthong_connector_api;

#ifdef __cplusplus
}
#endif
#endif
