/** What holds for every connection and every path: refuses what is no proper request, and says which methods there are. */
@NullMarked
package io.freshet.gateway.http;

import org.jspecify.annotations.NullMarked;
