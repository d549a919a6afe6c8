/** The dashboard: its page, and the events that the page is sent while somebody watches. */
@NullMarked
package io.freshet.gateway.dashboard;

import org.jspecify.annotations.NullMarked;
