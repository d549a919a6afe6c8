/** The orchestrations API, as the HTTP API of Durable Functions answers: its paths, bodies, codes and errors. */
@NullMarked
package io.freshet.gateway.orchestrations;

import org.jspecify.annotations.NullMarked;
