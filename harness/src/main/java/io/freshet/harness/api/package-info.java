/** Clients of the Jobs API and of the Orchestrations API. */
@NullMarked
package io.freshet.harness.api;

import org.jspecify.annotations.NullMarked;
