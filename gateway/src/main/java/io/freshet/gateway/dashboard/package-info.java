/** The dashboard: its page, and what the page is told while somebody looks. */
@NullMarked
package io.freshet.gateway.dashboard;

import org.jspecify.annotations.NullMarked;
