/** The orchestrations API, as the HTTP API of Durable Functions has it: its paths, bodies, status codes and errors. */
@NullMarked
package io.freshet.gateway.orchestrations;

import org.jspecify.annotations.NullMarked;
