/** What applies to every connection and every path: refuses invalid requests, and says which methods there are. */
@NullMarked
package io.freshet.gateway.http;

import org.jspecify.annotations.NullMarked;
