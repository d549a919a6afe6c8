/** The Jobs API: submit, look, command. */
@NullMarked
package io.freshet.gateway.jobs;

import org.jspecify.annotations.NullMarked;
