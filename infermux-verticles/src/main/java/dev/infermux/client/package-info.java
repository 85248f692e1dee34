/**
 * A client for an InferMux that serves gRPC. It needs grpc-java alone, nothing of the router, and
 * nothing of ours imports it. Public API.
 */
@NullMarked
package dev.infermux.client;

import org.jspecify.annotations.NullMarked;
