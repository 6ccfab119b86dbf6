/* attr.h - the two compiler attributes we use, and nothing where unknown. */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

#if defined(__GNUC__)
#define ATTR_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define ATTR_MUST_USE          __attribute__((warn_unused_result))
#else
#define ATTR_PRINTF(fmt, args)
#define ATTR_MUST_USE
#endif

#endif
