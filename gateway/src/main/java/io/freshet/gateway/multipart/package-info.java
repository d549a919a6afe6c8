/** Forms: multipart/form-data (RFC 7578, RFC 2046) read while it streams, and its files as one input. */
@NullMarked
package io.freshet.gateway.multipart;

import org.jspecify.annotations.NullMarked;
