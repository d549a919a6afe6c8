/** The Jobs API: submit, query, watch, command. */
@NullMarked
package io.freshet.gateway.jobs;

import org.jspecify.annotations.NullMarked;
