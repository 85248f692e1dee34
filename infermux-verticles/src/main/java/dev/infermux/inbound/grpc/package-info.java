/**
 * The gRPC listener: the service {@code infermux.v1.InferMuxService} on the routers of the cells,
 * with health and reflection. It only translates. Only the assembly imports it. Internal.
 */
@NullMarked
package dev.infermux.inbound.grpc;

import org.jspecify.annotations.NullMarked;
