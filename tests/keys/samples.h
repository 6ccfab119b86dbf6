/*
 * samples.h - throw-away keys as others wrote them: ssh-keygen 9.2 (OpenSSH),
 * openssl 3.0, puttygen 0.78.  The passphrase is "correct horse".
 */
#ifndef TESTS_KEYS_SAMPLES_H
#define TESTS_KEYS_SAMPLES_H

static const char openssh[] =
    "-----BEGIN OPENSSH PRIVATE KEY-----\n"
    "b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABBBykg9wj\n"
    "fkNzqm/Wm48xR7AAAAEAAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIKl09BBi01ZACo6e\n"
    "0V4V6Lo9iwT49RwVyier2LBLg4hgAAAAkBNUp6vjWb2v9vS/CKIi/QocVnZIt/AdZGtWiz\n"
    "JJU4GAB5OIO5ogQivNEInOKcv8m21mlu2CMndnXDzXVxrYfPkZ2wmstOp8zPW5w8Vwtwbf\n"
    "isZj+IDodyRIwgG7RmY2j4Wj91Qk2W2KwXyvlPrfmGiHDF/xNFTh2IVnfwE2zAd2CPVark\n"
    "T8In/oGpKT5jYO5g==\n"
    "-----END OPENSSH PRIVATE KEY-----\n";
static const char pkcs1[] =
    "-----BEGIN RSA PRIVATE KEY-----\n"
    "MIICXAIBAAKBgQDLY0mBzDrS3hDGXwpRX/GhlqOEDLxogChA93NlLvY0J/fC0fuJ\n"
    "aszdChMq/yPXyoM8/cNl/k9lFuY2q0twteESSjwv5sBn84aYnDuYXFpSNZhpYJCC\n"
    "QdLjvjaSh0eFSjlXeMz7ip7C8go3hTUrUKQ//OMlnG07p1bCKpIx7I14HQIDAQAB\n"
    "AoGAKSRPdUMjzw3+pLIK+0UGMuKu9wJAhn8OJX4oyJoEUa6YDr+9OyHwiPIFyJfN\n"
    "31Pm0kqe4R3dX5yPOxXRb95KxbUNiIljZZtTBm0EU4UqgGnh942B4OoazEv6CQm4\n"
    "6nrP+xmVDz7ia1WdQpau1YM7DjsHJHZLEWp1Dbii9eH1gl0CQQDnPdOm/2CCiQ3c\n"
    "fae/yrKTOBW8aZNdbhJZZ157KZQ4ulJfOZmDV1Ux+Au9tRccRCaZX176n8v//aFJ\n"
    "YL9T3i1vAkEA4SoCl3a90MwSu6wWKTzssf286ccRQ+jMPgIRKGhmNh6QvjHx+GqW\n"
    "yNiGbJP7/OeNxZX57ohKaa41EK8XZOzFMwJAQwaUtq8HFk8LiYGSgfEK2clD45zm\n"
    "bgpdnzRrGl/u6pJ3FcroSD2kIBu5q38196d5WLNgIFz5EHY/rbkxO+oGWQJADXmI\n"
    "IixW+7HaxSRtRxaAS76VmZ/yJpA9+NAC2to0k7SMkPVIN8eZMnfSw5ivkdkBoPty\n"
    "s5WwblagklkIG2AYBQJBAN2jdc7y4q7g51wR4M8qRwKYb4AibfvWk4ArpVQXS+cV\n"
    "71ePrOQxyw7XL+LBm5sEi0oaG8iFQq83HWOpEpfkt9U=\n"
    "-----END RSA PRIVATE KEY-----\n";
static const char sec1[] =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MHcCAQEEIHaague0tH0/ppqO46z/qa3Uh4yRc6ldfveuAv2/2V5QoAoGCCqGSM49\n"
    "AwEHoUQDQgAEqJPmSxivotp0E3MVqaEMQZsvYCqsLLMymTY9qyhhS1v22oGJkAlF\n"
    "jD4GFlsA7qXjnPr+7if8la8pYDExWQQ7jQ==\n"
    "-----END EC PRIVATE KEY-----\n";
static const char pkcs8[] =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgDC26pKMR6PwICCAAw\n"
    "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEELRziu/x18X/EXmchIio6F4EgZD5\n"
    "tNXc24WKVyP1nwAwiIOUJ1HYldD4KnF7UhATZmpoSHWVqAgLqyMwcX2sBceEZKc9\n"
    "J9bGlYQecgmozP+mf9ZWcO7u12SkkFDwpoiwA24DSLyvPIbRJAzP5y+uI7EvSNqS\n"
    "wuX2M8rbq1NsXSz0R0247teioEcKclQM0vbKasIl6THdjywZnhFXbpEX5BRoUt4=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";
static const char pkcs8_scrypt[] =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIHkME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAhvh/866BfwAwICBAAC\n"
    "AQgCAQEwHQYJYIZIAWUDBAEqBBAMwoGFJBN3WUIQiTan0ONIBIGQHgtUxMFVdwyn\n"
    "gyisyxeqLS+U8YtUmcQ2CDXvJEZ/USLf0bUfNELIWMO8lksFW3UoeWNkU09nb8z9\n"
    "yZcVqfaL5MrvvJtkCYd3CUxSPio54WWHHIFlNLwdEdWd5PCBRInI4ggKzs1GRTjg\n"
    "ea5fYthk9Fga7FHKlXyCF6+qVeysw/UFrnA5BRVIH8xl8FyBiNnn\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";
static const char ppk_ed25519[] =
    "PuTTY-User-Key-File-3: ssh-ed25519\n"
    "Encryption: aes256-cbc\n"
    "Comment: ed25519 key\n"
    "Public-Lines: 2\n"
    "AAAAC3NzaC1lZDI1NTE5AAAAIBs7BctT2NNuau7Fc8XpZMgwP4E9iXllXInUtDl2\n"
    "YhZE\n"
    "Key-Derivation: Argon2id\n"
    "Argon2-Memory: 8192\n"
    "Argon2-Passes: 34\n"
    "Argon2-Parallelism: 1\n"
    "Argon2-Salt: da480e3875974681c1185dd3418cf574\n"
    "Private-Lines: 1\n"
    "R1wSp3DDnFKOeOYXuXbfM1w6bah0ntcsda9rqE2ipxfbC09Xj9eLy7Th3U4rhiPe\n"
    "Private-MAC: "
    "d6d5556b2346a64d6b9c8f1aabc9ed546ebdc7b183e0acdd8eea42a60224a133\n";
static const char ppk_rsa[] =
    "PuTTY-User-Key-File-3: ssh-rsa\n"
    "Encryption: aes256-cbc\n"
    "Comment: rsa key\n"
    "Public-Lines: 4\n"
    "AAAAB3NzaC1yc2EAAAADAQABAAAAgQDLY0mBzDrS3hDGXwpRX/GhlqOEDLxogChA\n"
    "93NlLvY0J/fC0fuJaszdChMq/yPXyoM8/cNl/k9lFuY2q0twteESSjwv5sBn84aY\n"
    "nDuYXFpSNZhpYJCCQdLjvjaSh0eFSjlXeMz7ip7C8go3hTUrUKQ//OMlnG07p1bC\n"
    "KpIx7I14HQ==\n"
    "Key-Derivation: Argon2id\n"
    "Argon2-Memory: 8192\n"
    "Argon2-Passes: 4\n"
    "Argon2-Parallelism: 1\n"
    "Argon2-Salt: fd87b2467be96b736e565f45fe494d77\n"
    "Private-Lines: 8\n"
    "yIbuo0H7AVn1aWv7draomNNLYXaOo1t2XemgQ+3wDOpulHMNCoKdRydcF8Dwxjv7\n"
    "4+JynaduUPoJB5SK2Pn8iQ5Nd1U+/AQzvtY+8DDSBTMqQ27aCVOo91c2JdARa7i9\n"
    "tiRzOpWEsilRapmYQsILMnL+FkntbTFCWG73KTsF4ZSPIHpmkANLxK7LzPBPDOeR\n"
    "XsC1Wzvjv/fdCyxEwif7U+wKlT8BeU9oym/d6q9uuqMAJcmGRADpl+2F0urUTK6j\n"
    "Ssvro4KjsE88nky7nHHn0yMasu9qj7dKyrFwCMdelHwBofxKLabNSB+okyB35kn5\n"
    "bYiWL2H66rpwlwfvrh/myHfjlhRYEbJUoUB+7EQH4dKDvbonmo0Hi4n8K+npzkKJ\n"
    "DZuMJEUHZGwNnYU7ugBowK9xBfZ2b9YkFraGX5HPdz1jmhstj8D2gG/MsIW1h68V\n"
    "Pr4nMEfXlFQpJdOqplWy6Q==\n"
    "Private-MAC: "
    "f8c5cb1bd65d065fee37657b2afb3dd25ce1770e07c41ec7afc342ffa873f5b9\n";
static const char ppk_2[] =
    "PuTTY-User-Key-File-2: ssh-rsa\n"
    "Encryption: aes256-cbc\n"
    "Comment: rsa key\n"
    "Public-Lines: 4\n"
    "AAAAB3NzaC1yc2EAAAADAQABAAAAgQDLY0mBzDrS3hDGXwpRX/GhlqOEDLxogChA\n"
    "93NlLvY0J/fC0fuJaszdChMq/yPXyoM8/cNl/k9lFuY2q0twteESSjwv5sBn84aY\n"
    "nDuYXFpSNZhpYJCCQdLjvjaSh0eFSjlXeMz7ip7C8go3hTUrUKQ//OMlnG07p1bC\n"
    "KpIx7I14HQ==\n"
    "Private-Lines: 8\n"
    "L3agGgvZxmclbLrU+36efnZEhiPhDtOg4MCfNg4Wm8nsxGe5fZ23P9n/mRtITBnI\n"
    "zN68OTJeCvwgdyAhlK60Bi3uK75eDQ+4rFj88hwXafv13O3B2tgtvTeIK9nJFOjk\n"
    "IXWp64Gi5o+4TrLfT7HMWXbsJw5HhPUAimytzUH/t9v3uJgSvJCdIsE5iM9R5R8c\n"
    "X9iiRE5HaSunZXVsYV983lG44Yd+T64v8PdUYs2o08MvGaDJPGTURm3/IvJ8Tjjj\n"
    "qb6iBZsCa0c/5H6Guu/kpwHsHrQc5X07jeoPMwi4u05EQFWvT1cAnzpgWcfhP5Yy\n"
    "+RmO9DjROpKn+zuZSM6XjZ/gnYvjU5LUcvlFbf7Z/4YiVdbbt0z6xkJSb2L5J1TX\n"
    "afBU1bzxTJORUJZKcqV9eotU4piUrBK6TR195itMUtzckFNcTePkCwR2KN/146zG\n"
    "INMYsn9ZQ2w/qbZ6nC3MQA==\n"
    "Private-MAC: 0a7d67ecdec82578cadb5fd74c1d48810a7d8d27\n";
static const char sshcom[] =
    "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n"
    "Comment: \"rsa key\"\n"
    "P2/56wAAAjMAAAA3aWYtbW9kbntzaWdue3JzYS1wa2NzMS1zaGExfSxlbmNyeXB0e3JzYS\n"
    "1wa2NzMXYyLW9hZXB9fQAAAAgzZGVzLWNiYwAAAeAUEtvROLW+1ZBeOyo8SQysPL+VZjNe\n"
    "m7+XUuI5GPQR0kPwh/Yb0dvUTJYXBYtmpy/mwco35pJloNjI3x0mRrfDV5SOkQK9lFzySQ\n"
    "QSSqn5VjLfNQd1eCxj4K18/nzfT+GPAggQrYWHqwNuXlJy5GBwHxmNa8idVKpdJgwRz42R\n"
    "JMP+EM17AinrXKqTWsX6noWQxC8LdE8vDg9LJtldjYy5caEJsRKYdJyDfFQXN4yBW+gXSX\n"
    "yuzDVgMRRV5VGdgaDnfsGYyvRmm+4BEJJYi3OTt5E5D1M1YUW/5GaLSmr/sp3+Q7xkzqTe\n"
    "aRuj+/kW03vxliXJpoW5sXjak0wZS8YMG7DJ5lTtIIlfcxjt4qgYBN6Jodwt41Xxg0XJ3c\n"
    "BRwp93x+MCqbiN1o1is98B63v0W3FsTO0tqTRrYHWViiklCsEbjY39jClcPBbKDbmZB1d2\n"
    "ht/snzZMTA2QOlpCEzSpmYuOCqWSTEFEQ1ChOThKLHTFsD1CzQ9r+xGMw0FcWuH5kC8Bsa\n"
    "XJFc0pFt6ZQVhbsYpcoYkv3GjgP6jqpvkitw0hBLu1wqlMmYKp5sRYtQNvzBfDcUmdtR0B\n"
    "Os18vkTxr0r0MZX5pp6yhDhxrNq4NeUSQuOSIx7694M2T++j0Jk=\n"
    "---- END SSH2 ENCRYPTED PRIVATE KEY ----\n";

#endif
